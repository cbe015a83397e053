"""Plant repeats of old hypotheses among new ones, and see whether `similar_notes` finds them, and
only them.

python -m bench.similar_notes [held_out | tuning | cost]
    `cost`: the CPU time of meeting every note of a log

Drawn sentences (a template a language) are told anew by rule; written ones (bench/tried_*.toml) by
hand, in shapes: other endings and order, short forms, two languages in one sentence, very short,
short against long, English in other words, and with what everybody writes around it. The written
ones are asked in a log of their own, amid four hundred of two other teams, and each wrapped in the
same words. The weights were chosen by the drawn ones and `tuning`.
"""

import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from time import process_time

from bench.store import few_words
from bench.words import Author
from reports.analysis.learnings.similar_notes import (
    MIN_CERTAINTY,
    HypothesisRecord,
    find_similar_in_order,
)

TODAY = date(2026, 11, 23)
LEVELS = (0.7, 0.8, 0.9, 1.0)
WRAPPED = {
    True: "We believe that {} and that weekly revenue will grow with it",
    False: "우리 팀은 {} 그래서 이번 분기 매출이 함께 오를 것이라고 기대한다",
}


@dataclass(slots=True)
class Case:
    """Old thoughts, the same told anew as (shape, which old one, text), and thoughts that are
    new.
    """

    name: str
    old: list[str]
    repeats: list[tuple[str, int, str]] = field(default_factory=list)
    fresh: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def retold(author: Author, text: str, rng: Random) -> str:
    """Tell the same thought with other particles, an added word, one word dropped or another
    order.
    """
    words = text.split()
    if rng.random() < 0.5:
        words.insert(
            rng.randrange(len(words) + 1),
            rng.choice(["다시", "이번에는"] if author.language == "ko" else ["again", "this time"]),
        )
    if rng.random() < 0.4 and len(words) > 4:
        words.pop(rng.randrange(len(words)))
    if rng.random() < 0.4:
        words = words[len(words) // 2 :] + words[: len(words) // 2]
    return " ".join(words).replace("을(를)", "을").replace("에게", rng.choice(["한테", "에게"]))


def new_thought(author: Author, taken: list[str]) -> str:
    """Return a thought that shares at most half of its words with any old one."""
    for _ in range(5000):
        text = author.hypothesis()
        words = set(text.split())
        if all(len(words & set(old.split())) * 2 <= len(words) for old in taken):
            return text
    raise SystemExit("the old hypotheses leave nothing new")


def drawn(language: str) -> Case:
    """Return sentences from a template."""
    rng = Random(7)
    author = Author(rng, language)
    case = Case(f"drawn {language}", [author.hypothesis() for _ in range(60)])
    for _ in range(100):
        model = rng.randrange(60)
        case.repeats.append(
            ("drawn", case.old.index(case.old[model]), retold(author, case.old[model], rng))
        )
        case.fresh.append(new_thought(author, case.old))
    return case


def written(name: str) -> Iterator[Case]:
    """Give the sentences of a file alone, amid others', and each wrapped in the same words."""
    data = tomllib.loads((Path(__file__).parent / f"tried_{name}.toml").read_text(encoding="utf-8"))
    old = [told for _, told, _ in data["repeats"]]
    repeats = [(shape, at, again) for at, (shape, _, again) in enumerate(data["repeats"])]
    others = [
        author.hypothesis()
        for author in (Author(Random(3), "ko"), Author(Random(3), "en"))
        for _ in range(200)
    ]
    yield Case(name, old, repeats, data["fresh"])
    yield Case(f"{name} amid others", old, repeats, data["fresh"], others)
    bare = [at for at, (shape, _, _) in enumerate(repeats) if shape != "boilerplate"]
    yield Case(
        f"{name} wrapped",
        [wrapped(old[at]) for at in bare],
        [(repeats[at][0], n, wrapped(repeats[at][2])) for n, at in enumerate(bare)],
        [wrapped(text) for text in data["fresh"]],
    )


def wrapped(text: str) -> str:
    """Return a text amid words that every note of its language has."""
    return WRAPPED[text.isascii()].format(text)


def asked(case: Case) -> tuple[list[tuple[str, float]], list[float]]:
    """Return the score of each repeat that was found first (0.

    It was not), and each new thought's best score.
    """
    past = [
        HypothesisRecord(str(at), "Team", TODAY - timedelta(days=100), text)
        for at, text in enumerate(case.old)
    ]
    past += [
        HypothesisRecord(f"other{at}", f"Team {at % 2}", TODAY - timedelta(days=50 + at), text)
        for at, text in enumerate(case.others)
    ]
    new = [
        HypothesisRecord(f"new{at}", "Team", TODAY, text)
        for at, (_, _, text) in enumerate(case.repeats)
    ]
    new += [
        HypothesisRecord(f"fresh{at}", "Team", TODAY, text) for at, text in enumerate(case.fresh)
    ]
    answers = dict(find_similar_in_order([*past, *new], {one.id for one in new}, least=0.0))
    found = []
    for at, (shape, place, _) in enumerate(case.repeats):
        best = next(iter(answers[f"new{at}"]), None)
        right = best is not None and best.id.isdigit() and case.old[int(best.id)] == case.old[place]
        found.append((shape, best.certainty if best and right else 0.0))
    return found, [
        max((one.certainty for one in answers[f"fresh{at}"]), default=0.0)
        for at in range(len(case.fresh))
    ]


def cost() -> None:
    """Print what a note costs where every one is asked, in logs of several sizes, drawn or of
    the same few words.
    """
    for size in (2_500, 5_000, 10_000, 20_000):
        author, rng = Author(Random(1), "ko"), Random(2)
        texts = {
            "drawn": [f"{author.hypothesis()} {rng.randrange(3000)}" for _ in range(size)],
            "few words": [few_words(rng, 14) for _ in range(size)],
        }
        for name, several in texts.items():
            days = [TODAY - timedelta(days=(size - at) * 1000 // size) for at in range(size)]
            log = [
                HypothesisRecord(f"{at:06}", f"Team {at % 3}", days[at], text)
                for at, text in enumerate(several)
            ]
            begin = process_time()
            named = sum(len(found) for _, found in find_similar_in_order(log))
            every = process_time() - begin
            one = [found for _, found in find_similar_in_order(log, {log[-1].id})]
            alone = process_time() - begin - every
            print(
                f"{size:6} notes, {name:9}: {every / size * 1000:.2f} ms a note, "
                f"{len(one)} alone {alone:.2f} s, "
                f"{named} named"
            )


def main() -> None:
    """Print for each case what is found and what is a false alarm, at several levels.

    Then each shape at ours.
    """
    files = sys.argv[1:] or ["tuning", "held_out"]
    if files == ["cost"]:
        cost()
        return
    shapes: Counter[tuple[str, bool]] = Counter()
    for case in (drawn("ko"), drawn("en"), *(case for name in files for case in written(name))):
        found, alarms = asked(case)
        cells = []
        for level in sorted({*LEVELS, MIN_CERTAINTY}):
            hits = round(100 * sum(score >= level for _, score in found) / len(found))
            false = round(100 * sum(score >= level for score in alarms) / len(alarms))
            cells.append(f"{'*' if level == MIN_CERTAINTY else ''}{level:g}: {hits}/{false}")
        first = round(100 * sum(score > 0 for _, score in found) / len(found))
        print(
            f"{case.name:24} ranked first {first:3} %; found first / false alarms in %, "
            f"from {'  '.join(cells)}"
        )
        shapes.update((shape, score >= MIN_CERTAINTY) for shape, score in found)
    print(f"by shape, from {MIN_CERTAINTY}:", end=" ")
    for shape in sorted({shape for shape, _ in shapes}):
        print(
            f"{shape} {shapes[shape, True]}/{shapes[shape, True] + shapes[shape, False]}", end="  "
        )
    print()


if __name__ == "__main__":
    main()
