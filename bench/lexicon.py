"""A language to search in: some real words, many invented ones, each as frequent as words of its
rank are (Zipf).

Korean nouns take particles, so that pairs such as "에서" stand in nearly every note and thousands
of pairs in a few.
"""

from itertools import accumulate
from random import Random

from bench.words import EN, KO

SYLLABLES = (
    "이가는을에의한로다하고기지사자시인대정해도리어수보일부주상나라전아제구그만들서장과스동여성화경유조비원신산과용발공우진생모마식세치면"
    "회문요학거미개소안분중무오호국연방명실관재물계금의위적행업단력통결설당터차체초트드프크바타파카강노운양선간감람년월점표품질약특별최평균"
)
PARTICLES = (
    "",
    "",
    "",
    *"을를이가은는의도",
    "에서",
    "에게",
    "으로",
    "했다",
    "한다",
    "합니다",
    "까지",
)


class Lexicon:
    """Draws words; the same seed draws the same."""

    def __init__(self, words: int = 30_000, *, english: float = 0.12, seed: int = 3) -> None:
        chance = Random(seed)
        real = [
            part
            for every in KO.values()
            for phrase in every
            for part in phrase.split()
            if "{" not in part
        ]
        made = (_korean(chance) for _ in range(words))
        self.korean = list(dict.fromkeys([*real, *made]))
        real = [
            part
            for every in EN.values()
            for phrase in every
            for part in phrase.split()
            if "{" not in part
        ]
        self.english = list(dict.fromkeys([*real, *(_latin(chance) for _ in range(words // 5))]))
        shares = ((self.korean, 1 - english), (self.english, english))
        self._words = [*self.korean, *self.english]
        self._takes_particle = len(self.korean)
        self._weights = list(
            accumulate(weight for words, share in shares for weight in _zipf(len(words), share))
        )

    def sentence(self, chance: Random, words: int) -> str:
        """Return some words in a row, the Korean ones with their particles."""
        found = chance.choices(range(len(self._words)), cum_weights=self._weights, k=words)
        particles = chance.choices(PARTICLES, k=words)
        return " ".join(
            self._words[each] + particle if each < self._takes_particle else self._words[each]
            for each, particle in zip(found, particles, strict=True)
        )


def _zipf(words: int, share: float) -> list[float]:
    weights = [1 / (rank + 8) for rank in range(words)]
    every = sum(weights)
    return [weight * share / every for weight in weights]


def _korean(chance: Random) -> str:
    size = chance.choices((2, 3, 4), (6, 3, 1))[0]
    return "".join(
        SYLLABLES[min(int(chance.expovariate(0.03)), len(SYLLABLES) - 1)] for _ in range(size)
    )


def _latin(chance: Random) -> str:
    return "".join(
        chance.choice("bdfgklmnprstv") + chance.choice("aeiou") for _ in range(chance.randint(2, 4))
    )
