"""Plant repeats of old hypotheses among new ones, and see whether `reports.tried` finds them, and only them.

python -m bench.tried
"""

from datetime import UTC, datetime, timedelta
from random import Random

from bench.words import Author
from loopnote.notes import Note, Place, RawRow, StoredNote
from reports.tried import Rarity, hypothesis_of, tried_before

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def note(at: int, hypothesis: str, goal: str, *, day: int) -> StoredNote:
    place, seen = Place(tab="Log", row=at), NOW + timedelta(days=day)
    made = Note("experiment", place, hypothesis=hypothesis, goal=goal, outcome="failure")
    return StoredNote(f"n{at:05}", "Team", "log", made, RawRow(place, ()), 1, seen, seen)


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


def best_of(new: StoredNote, old: list[StoredNote], rarity: Rarity) -> tuple[str, float]:
    best = tried_before(new, old, rarity, is_earlier=lambda each: each.first_seen < NOW, least=0.0)
    return (best[0].earlier.note.hypothesis, best[0].score) if best else ("", 0.0)


def main() -> None:
    for language in ("ko", "en"):
        rng = Random(7)
        author = Author(rng, language)
        old = [note(at, author.hypothesis(), author.goal(), day=-100) for at in range(60)]
        rarity = Rarity(hypothesis_of(each.note) for each in old)
        taken = {each.note.hypothesis for each in old}
        repeats, alarms = [], []
        for at in range(100):
            model = rng.choice(old)
            told = note(9000 + at, retold(author, model.note.hypothesis, rng), author.goal(), day=0)
            name, score = best_of(told, old, rarity)
            repeats.append(score if name == model.note.hypothesis else 0.0)
            alarms.append(best_of(note(8000 + at, fresh(author, taken), author.goal(), day=0), old, rarity)[1])
        for least in (0.55, 0.6, 0.65):
            found, false = (sum(score >= least for score in scores) for scores in (repeats, alarms))
            print(f"{language}, from {least}: repeats found first {found} %, false alarms {false} %")


if __name__ == "__main__":
    main()
