#!/usr/bin/env python3
"""Scores the notes a tool extracted from one or more workbooks against their answer keys.

  python score.py --key key/NAME.json --answer answers/NAME.jsonl          one workbook
  python score.py --key-dir key --answer-dir answers                       all (NAME.json <-> NAME.jsonl)
  python score.py --perfect key/NAME.json                                  writes the key as an answer to stdout

An answer file has one JSON object a line (see RULES.md, section 13). Lines with "kind": "problem"
are problems, lines with kind plan_card / series / funnel are not notes. Free text counts as equal
when the token overlap F1, after NFKC and whitespace folding, is at least 0.9. Only the standard
library is used.
"""

from __future__ import annotations
import argparse, glob, itertools, json, os, re, sys, unicodedata
from collections import Counter

TEXT = ["goal", "hypothesis", "execution", "retrospective", "learned", "applied_to", "next_action"]
PLAIN = ["outcome", "start_date", "end_date", "week", "next_kind"]
LISTS = ["owners", "people", "tags"]
METRIC = ["name", "before", "after", "target", "unit", "lower_is_better"]
FIELDS = [
    "goal",
    "hypothesis",
    "execution",
    "retrospective",
    "outcome",
    "start_date",
    "end_date",
    "week",
    "owners",
    "people",
    "metric",
    "learned",
    "applied_to",
    "next_action",
    "next_kind",
    "tags",
]
WEIGHT = {
    "goal": 2,
    "hypothesis": 2,
    "execution": 2,
    "retrospective": 2,
    "outcome": 2,
    "metric": 2,
    "start_date": 1.5,
    "end_date": 1,
    "week": 0.5,
    "owners": 1,
    "people": 0.5,
    "learned": 1,
    "applied_to": 1,
    "next_action": 1,
    "next_kind": 0.5,
    "tags": 0.5,
}
OTHER_KINDS = {"problem", "problems", "plan_card", "card", "series", "metric_series", "funnel", "summary"}

# ------------------------------------------------------------------ text
ZW = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xFE0F, 0x00AD])
LABEL = re.compile(
    r"^\s*(?:[-*•·▶►▪◦]|\d{1,2}[.)]|[①-⑳])?\s*"
    r"(?:(?:keep|problem|try|next|k|p|t|liked|lacked|learned|longed for|start|stop|continue|good|bad|well|went well|went badly|what went well|"
    r"what didn'?t|to improve|lesson|applied|result|"
    r"잘된 ?점|잘한 ?점|좋았던 ?점|아쉬운 ?점|아쉬웠던 ?점|개선점|개선할 ?점|문제|문제점|성공 ?요인|실패 ?요인|배운 ?점|배운 ?것|적용|다음|다음 ?실험|다음에는|결과|목표|가설|실행|회고|막힌 것)"
    r"\s*(?:[:：)\]\-–—]|\s|$)|[^\W\d_][\w ()/&'·]{0,18}\s*[:：](?=\s|$))\s*",
    re.I,
)
TAG = re.compile(r"<[^<>]{1,200}>")


def fold(s):
    s = unicodedata.normalize("NFKC", str(s)).translate(ZW)
    return re.sub(r"\s+", " ", s).strip().lower()


def strip_labels(s):
    s = unicodedata.normalize("NFKC", str(s)).translate(ZW)
    out = []
    for line in re.split(r"[\r\n]+", s):
        line = LABEL.sub("", line, count=1)
        if line.strip():
            out.append(line)
    return "\n".join(out)


def toks(s):
    return re.findall(r"\w+", fold(s))


def f1(a, b):
    ta, tb = toks(a), toks(b)
    if not ta or not tb:
        return 1.0 if fold(a) == fold(b) else 0.0
    same = sum((Counter(ta) & Counter(tb)).values())
    return 2 * same / (len(ta) + len(tb))


def text_eq(a, b):
    if f1(a, b) >= 0.9:
        return True
    a2, b2 = strip_labels(a), strip_labels(b)
    if a2 and b2 and f1(a2, b2) >= 0.9:
        return True
    a3, b3 = TAG.sub(" ", a2), TAG.sub(" ", b2)
    return (a3, b3) != (a2, b2) and f1(a3, b3) >= 0.9


def text_variants(rec, field):
    """The value, and the value with any of the texts that may stand beside it."""
    base = [rec.get(field)] + rec.get("accept", {}).get(field, [])
    extra = [x for x in rec.get("may_include", {}).get(field, []) if x][:4]
    out = []
    for b in base:
        out.append(b)
        if b:
            for n in range(1, len(extra) + 1):
                for c in itertools.combinations(extra, n):
                    out.append("\n".join((b,) + c))
                    out.append("\n".join(c + (b,)))
    return out


# ------------------------------------------------------------------ other values
def empty(v):
    return v is None or v == "" or v == [] or v == {} or (isinstance(v, str) and not v.strip())


def norm_week(v):
    m = re.match(r"^\s*(\d{4})-?W(\d{1,2})\s*$", str(v), re.I)
    return f"{m.group(1)}-W{int(m.group(2)):02d}" if m else fold(v)


def norm_date(v):
    m = re.match(r"^\s*(\d{4}-\d{2}-\d{2})", str(v))
    return m.group(1) if m else fold(v)


def norm_name(v):
    s = unicodedata.normalize("NFKC", str(v)).translate(ZW).strip().lstrip("@#").strip().lower()
    t = re.sub(r"\s*\([^)]*\)\s*$", "", s).strip() or s
    t2 = re.sub(r"(님|씨|매니저|팀장|리더|대리|과장|선임|책임)$", "", t).strip()
    return re.sub(r"\s+", " ", t2 or t)


UNITS = {
    "krw": "원",
    "won": "원",
    "₩": "원",
    "usd": "$",
    "dollar": "$",
    "dollars": "$",
    "eur": "€",
    "euro": "€",
    "percent": "%",
    "퍼센트": "%",
    "pct": "%",
    "minute": "min",
    "minutes": "min",
    "mins": "min",
    "분": "min",
    "hour": "h",
    "hours": "h",
    "hrs": "h",
    "시간": "h",
    "day": "day",
    "days": "day",
    "d": "day",
    "일": "day",
    "초": "s",
    "sec": "s",
    "seconds": "s",
}


def norm_unit(u):
    u = fold(u)
    return UNITS.get(u, u)


def num(v):
    if isinstance(v, bool) or v is None:
        return None
    if isinstance(v, (int, float)):
        return float(v)
    s = unicodedata.normalize("NFKC", str(v)).replace(",", "").strip()
    m = re.match(r"^([+-]?\d+(?:\.\d+)?)\s*%?$", s)
    return float(m.group(1)) if m else None


def near(a, b):
    return abs(a - b) <= 1e-6 + 1e-4 * max(abs(a), abs(b))


def num_eq(k, a, pct):
    ka, aa = num(k), num(a)
    if ka is None or aa is None:
        return False
    return near(ka, aa) or (pct and near(ka, aa * 100))


def plain_eq(field, k, a):
    if field in ("start_date", "end_date"):
        return norm_date(k) == norm_date(a)
    if field == "week":
        return norm_week(k) == norm_week(a)
    return fold(k) == fold(a)


class C:
    __slots__ = ("tp", "fp", "fn")

    def __init__(self, tp=0, fp=0, fn=0):
        self.tp, self.fp, self.fn = tp, fp, fn

    def __iadd__(self, o):
        self.tp += o.tp
        self.fp += o.fp
        self.fn += o.fn
        return self

    @property
    def p(self):
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else None

    @property
    def r(self):
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else None

    @property
    def f(self):
        d = 2 * self.tp + self.fp + self.fn
        return 2 * self.tp / d if d else None

    def better(self, o):
        return (self.tp - self.fp - self.fn, self.tp) > (o.tp - o.fp - o.fn, o.tp)


def cmp_text(rec, field, ans):
    kv, av = rec.get(field), ans.get(field)
    if isinstance(av, list):
        av = "\n".join(str(x) for x in av)
    cand = text_variants(rec, field)
    if empty(av):
        return C() if any(empty(c) for c in cand) else C(fn=1)
    if any(not empty(c) and text_eq(c, av) for c in cand):
        return C(tp=1)
    return C(fp=1, fn=0 if empty(kv) else 1)


def cmp_plain(rec, field, ans):
    kv, av = rec.get(field), ans.get(field)
    cand = [kv] + rec.get("accept", {}).get(field, [])
    if empty(av):
        return C() if any(empty(c) for c in cand) else C(fn=1)
    if any(not empty(c) and plain_eq(field, c, av) for c in cand):
        return C(tp=1)
    return C(fp=1, fn=0 if empty(kv) else 1)


def cmp_list(rec, field, ans):
    av = ans.get(field)
    if isinstance(av, str):
        av = [x for x in re.split(r"\s*[,;/]\s*", av) if x]
    a = [norm_name(x) for x in (av or []) if not empty(x)]
    opt = {norm_name(x) for x in rec.get("optional", {}).get(field, [])}
    best = None
    for cand in [rec.get(field) or []] + [c or [] for c in rec.get("accept", {}).get(field, [])]:
        k = [norm_name(x) for x in cand]
        rest = list(a)
        tp = 0
        for x in k:
            if x in rest:
                rest.remove(x)
                tp += 1
        fp = sum(1 for x in rest if x not in opt and x not in k)
        c = C(tp, fp, len(k) - tp)
        if best is None or c.better(best):
            best = c
    return best


def cmp_metric(rec, ans):
    av = ans.get("metric")
    if isinstance(av, list):
        av = av[0] if av else None
    if isinstance(av, dict) and all(empty(av.get(f)) for f in METRIC):
        av = None
    if av is not None and not isinstance(av, dict):
        av = {"name": str(av)}
    best = None
    for cand in [rec.get("metric")] + rec.get("accept", {}).get("metric", []):
        if cand is None:
            c = C() if av is None else C(fp=sum(1 for f in METRIC if not empty(av.get(f)) and f != "lower_is_better"))
        else:
            c = C()
            for f in METRIC:
                k, a = cand.get(f), (av or {}).get(f)
                if f == "lower_is_better":
                    if k is True:
                        c += C(tp=1) if a is True else C(fn=1, fp=1 if a is False else 0)
                    elif a is True:
                        c += C(fp=1)
                    continue
                if empty(k) and empty(a):
                    continue
                if empty(k):
                    if f == "unit" and norm_unit(a) in [norm_unit(t) for t in toks(cand.get("name") or "")] + [""]:
                        continue
                    if f == "unit" and fold(a) in fold(cand.get("name") or ""):
                        continue
                    c += C(fp=1)
                    continue
                if empty(a):
                    c += C(fn=1)
                    continue
                if f == "name":
                    ok = text_eq(k, a) or fold(k).replace(" ", "") == fold(a).replace(" ", "")
                elif f == "unit":
                    ok = norm_unit(k) == norm_unit(a)
                else:
                    ok = num_eq(
                        k, a, norm_unit(cand.get("unit") or "") == "%" or norm_unit((av or {}).get("unit") or "") == "%"
                    )
                c += C(tp=1) if ok else C(fp=1, fn=1)
        if best is None or c.better(best):
            best = c
    return best


def compare(rec, ans):
    out = {}
    for f in FIELDS:
        if f in TEXT:
            out[f] = cmp_text(rec, f, ans)
        elif f in PLAIN:
            out[f] = cmp_plain(rec, f, ans)
        elif f in LISTS:
            out[f] = cmp_list(rec, f, ans)
        else:
            out[f] = cmp_metric(rec, ans)
    return out


def size(rec):
    """Counts of a key note nobody found."""
    return compare(rec, {})


def spurious(ans):
    rec = {f: ([] if f in LISTS else None) for f in FIELDS}
    return compare(rec, ans)


# ------------------------------------------------------------------ references
def col_no(c):
    if c is None:
        return None
    if isinstance(c, int):
        return c
    m = re.match(r"^\$?([A-Za-z]{1,3})", str(c).strip())
    if not m:
        return None
    n = 0
    for ch in m.group(1).upper():
        n = n * 26 + ord(ch) - 64
    return n


def parse_ref(r):
    """-> {page, tab, row, row_end, col, property}"""
    out = {"page": None, "tab": None, "row": None, "row_end": None, "col": None, "property": None}
    if r is None:
        return out
    if isinstance(r, str):
        s = r.strip()
        hexes = re.sub(r"[^0-9a-fA-F]", "", s.split("/")[-1].split("#")[0].split("?")[0])
        if re.fullmatch(r"[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}", s) or (
            s.startswith("http") and len(hexes) >= 32
        ):
            out["page"] = hexes[-32:].lower()
            return out
        if "!" in s:
            t, s = s.rsplit("!", 1)
            out["tab"] = t.strip("'\" ")
        m = re.match(r"^\$?([A-Za-z]{1,3})?\$?(\d+)(?::\$?([A-Za-z]{1,3})?\$?(\d+))?$", s.strip())
        if m:
            out["col"] = col_no(m.group(1))
            out["row"] = int(m.group(2))
            out["row_end"] = int(m.group(4) or m.group(2))
        return out
    if isinstance(r, dict):
        pg = r.get("page_id") or r.get("page")
        if pg:
            out["page"] = re.sub(r"[^0-9a-f]", "", str(pg).lower())
        out["property"] = r.get("property")
        t = r.get("tab", r.get("sheet"))
        out["tab"] = None if t is None else str(t)
        if r.get("cell"):
            c = parse_ref(str(r["cell"]))
            out.update({k: c[k] for k in ("row", "row_end", "col") if c[k] is not None})
            out["tab"] = out["tab"] or c["tab"]
        for k in ("row", "row_end"):
            if r.get(k) is not None:
                try:
                    out[k] = int(r[k])
                except (TypeError, ValueError):
                    pass
        if r.get("col") is not None:
            out["col"] = col_no(r["col"])
        out["row_end"] = out["row_end"] or out["row"]
        return out
    return out


def tab_eq(k, a, single):
    if a is None or a == "":
        return k is None or single
    if k is None:
        return True  # a file with one sheet: any sheet name will do
    return fold(k) == fold(a)


def hit(kref, aref, single):
    k, a = parse_ref(kref), parse_ref(aref)
    if k["page"]:
        return a["page"] == k["page"]
    if a["row"] is None or not tab_eq(k["tab"], a["tab"], single):
        return False
    if not (k["row"] <= a["row"] <= k["row_end"] or (a["row"] <= k["row"] <= (a["row_end"] or a["row"]))):
        return False
    if k["col"] is not None and isinstance(kref, dict):
        if a["col"] is None:
            return False
        hi = col_no(kref.get("col_end")) or k["col"]
        return k["col"] <= a["col"] <= hi
    return True


def in_zone(zone, aref):
    a = parse_ref(aref)
    if zone.get("page_id") or zone.get("page_ids"):
        return a["page"] in {re.sub(r"[^0-9a-f]", "", p.lower()) for p in (zone.get("page_ids") or [zone["page_id"]])}
    if a["page"] or a["row"] is None:
        return False
    if zone.get("tab") is not None and (a["tab"] is None or fold(zone["tab"]) != fold(a["tab"])):
        return False
    if zone["rows"] == "all":
        return True
    if not all(isinstance(x, int) for x in zone["rows"]):
        return False
    if not zone["rows"][0] <= a["row"] <= zone["rows"][1]:
        return False
    if zone.get("cols"):
        return a["col"] is not None and col_no(zone["cols"][0]) <= a["col"] <= col_no(zone["cols"][-1])
    return True


# ------------------------------------------------------------------ scoring
def load_answer(path):
    notes, probs = [], []
    with open(path, encoding="utf-8") as fh:
        for line in fh:
            if not line.strip():
                continue
            o = json.loads(line)
            kind = str(o.get("kind") or "").lower()
            if kind in ("problem", "problems"):
                probs.append(o)
                continue
            for p in o.get("problems") or []:
                p = dict(p) if isinstance(p, dict) else {"reason": str(p)}
                p.setdefault("source_ref", o.get("source_ref"))
                probs.append(p)
            if kind in OTHER_KINDS:
                continue
            notes.append(o)
    return notes, probs


def body(o):
    return " ".join(
        str(o.get(f) or "") for f in ("goal", "hypothesis", "execution", "retrospective", "learned", "next_action")
    )


def score(key, notes, probs):
    K = key["notes"]
    tabs = {fold(n["source_ref"].get("tab") or "") for n in K}
    single = len(tabs) == 1
    pairs = []
    for i, k in enumerate(K):
        for j, a in enumerate(notes):
            if hit(k["source_ref"], a.get("source_ref"), single):
                pairs.append((f1(body(k), body(a)) + 1, i, j, "ref"))
    pairs.sort(key=lambda x: -x[0])
    km, am, how = {}, {}, {}
    for s, i, j, h in pairs:
        if i not in km and j not in am:
            km[i] = j
            am[j] = i
            how[i] = h
    rest = []
    for i in (x for x in range(len(K)) if x not in km):
        for j in (x for x in range(len(notes)) if x not in am):
            s = f1(body(K[i]), body(notes[j]))
            if s >= 0.6:
                rest.append((s, i, j))
    for s, i, j in sorted(rest, key=lambda x: -x[0]):
        if i not in km and j not in am:
            km[i] = j
            am[j] = i
            how[i] = "text"
    fields = {f: C() for f in FIELDS}
    misses = []
    for i, k in enumerate(K):
        got = compare(k, notes[km[i]]) if i in km else size(k)
        for f in FIELDS:
            fields[f] += got[f]
            if got[f].fp or got[f].fn:
                misses.append((k["id"], f, k.get(f), notes[km[i]].get(f) if i in km else "(note not found)"))
    forbidden, neutral, extra = 0, 0, 0
    for j, a in enumerate(notes):
        if j in am:
            continue
        if any(in_zone(z, a.get("source_ref")) for z in key.get("neutral", [])):
            neutral += 1
            continue
        extra += 1
        if any(in_zone(z, a.get("source_ref")) for z in key.get("not_notes", [])):
            forbidden += 1
        for f, c in spurious(a).items():
            fields[f] += c
    nc = C(len(km), extra, len(K) - len(km))
    need = [p for p in key.get("problems", []) if p.get("required", True)]
    used, found = set(), 0
    for p in need:
        kr = parse_ref(p["source_ref"])
        for j, q in enumerate(probs):
            if (
                j in used
                or not str(
                    q.get("reason") or q.get("message") or q.get("kind_of_problem") or q.get("problem") or ""
                ).strip()
            ):
                continue
            ar = parse_ref(q.get("source_ref") or q.get("ref") or q.get("cell"))
            if kr["page"]:
                ok = ar["page"] == kr["page"] and (
                    not ar["property"] or not kr["property"] or fold(ar["property"]) == fold(kr["property"])
                )
            else:
                ok = (
                    tab_eq(kr["tab"], ar["tab"], single)
                    and ar["row"] is not None
                    and ar["row"] <= kr["row"] <= (ar["row_end"] or ar["row"])
                    and (ar["col"] is None or kr["col"] is None or ar["col"] == kr["col"])
                )
            if ok:
                used.add(j)
                found += 1
                break
    w = s = 0.0
    for f in FIELDS:
        v = fields[f].f
        if v is not None:
            s += WEIGHT[f] * v
            w += WEIGHT[f]
    ff = s / w if w else 0.0
    nf = nc.f or 0.0
    parts = [(0.30, nf), (0.60, ff)] + ([(0.10, found / len(need))] if need else [])
    overall = sum(a * b for a, b in parts) / sum(a for a, _ in parts)
    return {
        "workbook": key["workbook"],
        "notes": nc,
        "fields": fields,
        "field_score": ff,
        "by_ref": sum(1 for h in how.values() if h == "ref"),
        "problems": (found, len(need)),
        "forbidden": forbidden,
        "neutral": neutral,
        "extra_problems": len(probs) - len(used),
        "overall": overall,
        "misses": misses,
    }


def pct(v):
    return "  –  " if v is None else f"{100 * v:5.1f}"


def show(r, verbose=False):
    n = r["notes"]
    print(f"\n{r['workbook']}")
    print(
        f"  notes   precision {pct(n.p)}  recall {pct(n.r)}   (key {n.tp + n.fn}, found {n.tp}, by reference {r['by_ref']}, spurious {n.fp} of which forbidden {r['forbidden']}, neutral {r['neutral']})"
    )
    for f in FIELDS:
        c = r["fields"][f]
        if c.tp or c.fp or c.fn:
            print(
                f"  {f:14s} precision {pct(c.p)}  recall {pct(c.r)}   (right {c.tp}, wrong or extra {c.fp}, missing {c.fn})"
            )
    print(f"  problems recall {r['problems'][0]}/{r['problems'][1]}   further remarks {r['extra_problems']}")
    print(f"  overall {r['overall']:.3f}   (fields {r['field_score']:.3f})")
    if verbose:
        for i, f, k, a in r["misses"]:
            print(f"    {i} {f}: key={k!r} answer={a!r}"[:600])


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--key")
    ap.add_argument("--answer")
    ap.add_argument("--key-dir")
    ap.add_argument("--answer-dir")
    ap.add_argument("--perfect")
    ap.add_argument("-v", action="store_true")
    ap.add_argument("--json")
    ap.add_argument("-q", action="store_true")
    o = ap.parse_args()
    if o.perfect:
        for line in perfect(json.load(open(o.perfect, encoding="utf-8"))):
            print(json.dumps(line, ensure_ascii=False))
        return
    jobs = [(o.key, o.answer)] if o.key else []
    if o.key_dir:
        for kf in sorted(glob.glob(os.path.join(glob.escape(o.key_dir), "*.json"))):
            jobs.append((kf, os.path.join(o.answer_dir, os.path.splitext(os.path.basename(kf))[0] + ".jsonl")))
    if not jobs:
        ap.error("give --key and --answer, or --key-dir and --answer-dir")
    res = []
    for kf, af in jobs:
        key = json.load(open(kf, encoding="utf-8"))
        notes, probs = load_answer(af) if af and os.path.exists(af) else ([], [])
        r = score(key, notes, probs)
        res.append(r)
        if not o.q:
            show(r, o.v)
    if len(res) > 1:
        tot = {f: C() for f in FIELDS}
        n = C()
        pf = pn = 0
        for r in res:
            for f in FIELDS:
                tot[f] += r["fields"][f]
            n += r["notes"]
            pf += r["problems"][0]
            pn += r["problems"][1]
        print(f"\nALL {len(res)} workbooks")
        print(
            f"  notes   precision {pct(n.p)}  recall {pct(n.r)}   spurious {n.fp}, forbidden {sum(r['forbidden'] for r in res)}"
        )
        for f in FIELDS:
            print(f"  {f:14s} precision {pct(tot[f].p)}  recall {pct(tot[f].r)}")
        print(f"  problems recall {pf}/{pn}")
        for r in res:
            print(f"  {r['overall']:.3f}  {r['workbook']}")
        print(f"  OVERALL {sum(r['overall'] for r in res) / len(res):.3f}")
    if o.json:
        json.dump(
            [
                {
                    "workbook": r["workbook"],
                    "overall": r["overall"],
                    "note_precision": r["notes"].p,
                    "note_recall": r["notes"].r,
                    "problems": r["problems"],
                    "fields": {f: {"p": c.p, "r": c.r} for f, c in r["fields"].items()},
                }
                for r in res
            ],
            open(o.json, "w"),
            indent=1,
        )


def perfect(key):
    for n in key["notes"]:
        yield {"source_ref": n["source_ref"], **{f: n.get(f) for f in FIELDS}}
    for p in key.get("problems", []):
        yield {"kind": "problem", "source_ref": p["source_ref"], "reason": p["reason"]}


if __name__ == "__main__":
    main()
