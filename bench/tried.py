"""Plant repeats of old hypotheses among new ones, and see whether `reports.tried` finds them, and only them.

python -m bench.tried
"""

from datetime import date, timedelta
from random import Random

from bench.words import Author
from reports.tried import Attempt, tried_in_order

TODAY = date(2026, 11, 23)


def attempt(name: str, text: str, *, days_ago: int = 0) -> Attempt:
    return Attempt(name, "Team", TODAY - timedelta(days=days_ago), text)


def retold(author: Author, text: str, rng: Random) -> str:
    """Tell the same thought with other particles, an added word, one word dropped or another order."""
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


def fresh(author: Author, taken: set[str]) -> str:
    """Return a thought that shares at most half of its words with any old one."""
    for _ in range(5000):
        text = author.hypothesis()
        words = set(text.split())
        if all(len(words & set(old.split())) * 2 <= len(words) for old in taken):
            return text
    raise SystemExit("the old hypotheses leave nothing new")


def best_of(text: str, old: list[str]) -> tuple[str, float]:
    past = [attempt(str(at), each, days_ago=100) for at, each in enumerate(old)]
    best = dict(tried_in_order([*past, attempt("new", text)], {"new"}, least=0.0))["new"]
    return (old[int(best[0].id)], best[0].score) if best else ("", 0.0)


def main() -> None:
    for language in ("ko", "en"):
        rng = Random(7)
        author = Author(rng, language)
        old = [author.hypothesis() for _ in range(60)]
        repeats, alarms = [], []
        for _ in range(100):
            model = rng.choice(old)
            name, score = best_of(retold(author, model, rng), old)
            repeats.append(score if name == model else 0.0)
            alarms.append(best_of(fresh(author, set(old)), old)[1])
        for least in (0.5, 0.55, 0.6, 0.65, 0.7):
            found, false = (sum(score >= least for score in scores) for scores in (repeats, alarms))
            print(f"{language}, from {least}: repeats found first {found} %, false alarms {false} %")


if __name__ == "__main__":
    main()
