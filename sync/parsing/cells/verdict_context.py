"""What stands around a verdict word and changes its meaning: a "not", a doubt, a share, "only".

A negated word is not its word (reading rules 6.1a).
"""

from typing import Literal

from notes.system.compiled_tables import kept_pattern

Sense = Literal[
    "success", "failure", "inconclusive", "running", "planned", "dropped", "hold", "done"
]

ONLY_NOT = frozenset(
    {
        "did not",
        "didn't",
        "하지 않음",
        "하지 않기로",
        "안 함",
        "안함",
        "못함",
        "안됨",
        "안 됨",
        "아니었다",
    }
)
"""Words that answer a header that asks; beside another word they only deny it."""
_NOT_BEFORE = kept_pattern(
    r"\b(?:not(?! only)|no|less|least|never|cannot|without|hardly|barely|neither|nor|non"
    r"|none|nothing|nobody|far from|fail(?:ed|s)? to"
    r"|\w+n['’]t)\b[ -]+(?P<between>(?:[a-z]+[ -]+){0,3})$"
)
"""An English "not" stands before its word, with at most three words between: "did not really
work"."""
_NO_BEHIND = kept_pattern(r"^[?:,]?\s?(?:no|none|nothing|nope)\s*$")
_NOT_BEHIND = kept_pattern(
    r"^(?:했|하|한|할|되|된|이|히|스럽|스러)?"
    r"(?:이?라고?|이?라기[엔에]?는?|이?란|은|는|이|가|도|을|를|까진|까지[는도]?|지[는도만]?|기)?"
    r"(?:\s?(?:할|볼|말할|수|는|것은|것이|건|것도)){0,3}"
    r"\s?(?:아니|아님|아녔|아닌|않|못|안\s?(?:됨|됐|되|돼|했|함|하)|없|부족|모자라|무리)"
)
"""A Korean "not" stands behind its word, with particles and forms of saying between: "성공이라 할
수 없음"."""
_NOT_IN_FRONT = kept_pattern(r"(?:^|\s)(?:안|못|미)\s?$")
_OTHER_BEFORE = kept_pattern(
    r"\b(?:sem|não|nao|sin|nunca|nem|ni|jamais|tampouco|tampoco)\b[ -]+(?:\w+[ -]+){0,2}$"
    r"|(?:不|没有|沒有|没能|沒能|没|沒|未能|未|無|无|非)\s?$"
)
"""The "not" of Portuguese, Spanish, Chinese and Japanese words that stands before its word."""
_JAPANESE_BEHIND = kept_pattern(
    r"^(?:し|でき|せ|で|に)?(?:は|が|と|も)?\s?(?:な[いかくし]|ませ|ず(?![^\W\d_])|で?はな|と?は?言[えい]|至ら)"
)
"""The Japanese "not" behind its word: "成功しなかった", "成功とは言えない"."""
_DOUBT_BEFORE = kept_pattern(
    r"\b(?:hard|difficult|impossible|too early|too soon) to [a-z ]{0,16}$"
    r"|\b(?:expect(?:s|ed|ing)?|hop(?:e|es|ed|ing)|hopefully|wish(?:ing)?|should|might|may|could|would"
    r"|will|shall|must|going to|gonna|about to|likely|probably|possibly|perhaps|maybe|if|unless"
    r"|(?:risks?|fear|chances?|odds|signs?|definition|measures?|prospects?) of|avoid(?:ing)?"
    r"|bound to|aim(?:s|ing)? to|want(?:s|ed)? to|needs? to|tr(?:y|ying) to)"
    r"(?: it| we| this| that| to| for| be| have| will| can| soon| eventually){0,3}(?: an?| the)? $"
    r"|(?:[하되이으라다지오나가리치]면|(?:실패|성공|미달|달성|필요|발생)\s?시|경우(?:에는?|엔)?)\s$"
)
_DOUBT_BEHIND = kept_pattern(
    r"^[가-힣]{0,4}\s?(?:보기|말하기|하기|단정하기|단정)?\s?(?:어렵|어려|힘들|힘듦|이르|애매)"
    r"|^(?:[을를가이]|이라고)?\s?(?:여부|인지|예상|예감|기대(?!\s?(?:이상|이하|치))"
    r"|기원|희망|소망|응원|우려|걱정|전망"
    r"|가능|확률|검토|필요|요망|[률율담]|기준|지표|조건|목표|원인|요인|이유|사유|사례|전략|방안"
    r"|이야기|스토리|비결|노하우|경험|확신|자신감|(?:후|뒤|시|때)(?![가-힣]))"
    r"|^(?:[을를](?!\s?거[두둠뒀])|[이가]\s?(?:두|무|걱|목|아|필|중)|[과와][는]?\s?(?:거리|관계|무관|상관))"
    r"|^(?:해도|해야|했더라|할수록|하거나|하든)"
    r"|^(?:할|될|일|볼|했을|됐을|되었을)\s?(?:전망|듯|것|거(?!두)|지|까|수(?!\s?없)|법"
    r"|예상|가능|때|리|줄|텐데|테니|만[^큼])"
    r"|^(?:하|되|이|했으|됐으|되었으)면|^(?:하|되)(?:길|기를|기만|도록|려고|려면|자|겠|리라)"
    r"|^[을를]\s?바라"
    r"|^ (?:is |was |are )?(?:possible|unlikely|uncertain|hoped for|expected|likely"
    r"|rate|ratio|metrics?|criteria|factors?|analysis|story|stories|modes?|probability|risks?"
    r"|is (?:not )?an option)\b"
)
"""What is hoped for, feared or weighed has not come; a rate or a criterion is no verdict."""
_PART_BEFORE = kept_pattern(r"(?<!\d)\d{1,2} ?% ?$|(?:거의|almost|nearly) $")
_PART_FIRST = kept_pattern(r"\d{1,2} ?%")
_TO_COME_BEFORE = kept_pattern(r"\bwill be $|\bto be $")
_CLEAR = kept_pattern(r"clear|significant|conclusive|definite|obvious|\byet\b|fully|entirely|quite")
_CLEARLY = frozenset({"significant", "유의미", "유의함", "유의미함"})
"""What was not significant may still have been: nothing is decided."""
_CLEAR_BEFORE = kept_pattern(r"(?:뚜렷|확실|명확|유의미|분명|완전|온전|아직)[가-힣]{0,2}\s?$")
_TWICE_BEHIND = kept_pattern(
    r"^[가-힣]{0,3}\s?(?:않|못|안)\s?[가-힣]{0,3}\s?(?:건|것은|것이|것도|게|지는)?\s?(?:아니|아님|아닌|아녔|않)"
)
"""What is denied twice ("성공 못한 건 아님") is not said."""
_LIMITED_BEFORE = kept_pattern(
    r"(?<![백천십불자거교비])만\s$|(?<!not )\bonly [a-z ]{0,24}$"
    r"|(?:반쪽(?:짜리)?|제한적(?:인|으로)?|부분적(?:인|으로)|조건부|어중간한)\s$"
    r"|\b(?:limited|qualified|half an?|half-) ?$"
    r"|중\s\S{1,4}\s?(?:곳|개|명|건|번|팀|반|매장|지점)(?:에서|은|이)?\s$"
)
_SHARE_BEFORE = kept_pattern(r"(?:목표|계획)(?:의|\s?대비)?\s?\d{1,2}(?:\.\d)? ?%\s?$")
"""A goal of which a share below the whole was reached: "목표 60% 달성"."""
_LIMITED_BEHIND = kept_pattern(
    r"^ (?:in|at|for|with|on) (?!all\b|most\b|each\b)\w{1,6} (?:out )?of\b"
    r"|^에\s?그[치침쳤]|^[ ,]{0,2}(?:but )?only\b|^ (?:for|with) some\b|^ [a-z ]{0,24}\bonly ?$"
    r"|^ [a-z ]{0,24}(?:,| -) not (?:for|with|in|at|on|by)\b|^[a-z ,]{0,24}\b(?:but not|except)\b"
)
"""A success of only a part: "한 곳만 효과가 있었다", "worked only on Mondays"; "300만 달성" is a
whole one."""
_ENDS = kept_pattern(
    r"end|finish|complet|clos|over|wrap|conclu|resolv|final|완|끝|종|마|了|済|结|結|cerr"
)
"""What has not ended may have begun: "not finished", "끝나지 않음"; what is not done has not."""
_NUMBER_BEFORE = kept_pattern(r"\d\s?만\s$")


_SAYS_WHERE = kept_pattern(r"[가-힣](?<![백천십불자거교비])만\s|\bonly\b")
"""만 as "only" behind a noun, not ten thousand behind a number or within a word (하지만)."""


def says_where(text: str) -> bool:
    """Return whether a folded text confines what it says to a part: "한 곳만 효과가 있었다"."""
    return _SAYS_WHERE.search(text) is not None


def is_limited(before: str, *, behind: str) -> bool:
    """Return whether what stands around a verdict confines it to a part.

    >>> is_limited("한 곳만 ", behind=""), is_limited("300만 ", behind=""), is_limited("",
    ...     behind=" only here")
    (True, False, True)
    """
    limited = _LIMITED_BEFORE.search(before) and not _NUMBER_BEFORE.search(before)
    return bool(limited or _SHARE_BEFORE.search(before) or _LIMITED_BEHIND.match(behind))


def turned(sense: Sense, before: str, word: str, *, behind: str) -> Sense | None:
    """Return what a sense becomes by what stands before and behind its word.

    None where that is not said.

    A success that is denied is a failure; where only its clearness is denied, nothing is decided.
    What is no failure, not running or not planned is not said; what is not done is planned, and
    what has not ended runs.

    >>> turned("success", " not ", "won", behind=""), turned("success", " no clear ", "win",
    ...     behind="")
    ('failure', 'inconclusive')
    >>> turned("failure", "", "실패", behind="는 아님") is None
    True
    """
    if sense == "done" and (ahead := _still_ahead(before)):
        return ahead
    if _is_doubted(sense, before, word, behind=behind):
        return None
    english = _NOT_BEFORE.search(before)
    unclear = sense == "failure" and "없" in word and _CLEAR_BEFORE.search(before)
    if unclear or (sense == "success" and not english and is_limited(before, behind=behind)):
        return "inconclusive"
    if not (english or _is_denied(before, behind=behind)):
        return sense
    if sense != "success":
        return _open_still(word) if sense == "done" else _kept(sense)
    clearness = (english and _CLEAR.search(english["between"])) or _CLEAR_BEFORE.search(before)
    return "inconclusive" if clearness or word in _CLEARLY else "failure"


_SHARES = frozenset({"절반", "일부", "부분"})
_AMOUNT_BEHIND = kept_pattern(r"^(?:으?로|까지|가까이|이?\s?넘|\s?(?:이상|이하|수준|정도))")
"""A half that a number fell by or rose to is no half of a success: "절반으로 줄어 성공"."""
_AFTERWARDS_BEFORE = kept_pattern(r"(?:확인|공유|보고|집계|판단|정리|발표|평가|논의)\s$")
"""What is planned behind a trial ("성공 여부 확인 예정") says nothing of the trial."""


def _is_doubted(sense: Sense, before: str, word: str, *, behind: str) -> bool:
    """Return whether a word is only hoped for, feared, weighed, still to come, or of another
    thing.
    """
    if sense == "inconclusive" and word in _SHARES and _AMOUNT_BEHIND.match(behind):
        return True
    if sense == "planned" and _AFTERWARDS_BEFORE.search(before):
        return True
    if (sense == "running" and behind.startswith(" to ")) or _TWICE_BEHIND.match(behind):
        return True
    return bool(_DOUBT_BEFORE.search(before) or _DOUBT_BEHIND.match(behind))


def behind_its_denial(behind: str) -> str:
    """Return what stands behind a verdict's word without the "not" that belongs to it.

    >>> behind_its_denial("하지 못했다"), behind_its_denial(" but late")
    ('', ' but late')
    """
    found = next(
        (hit for one in (_NOT_BEHIND, _JAPANESE_BEHIND, _NO_BEHIND) if (hit := one.match(behind))),
        None,
    )
    return _TAIL.sub("", behind[found.end() :], count=1) if found else behind


def without_denial_before(before: str) -> str:
    """Return what stands before a verdict's word without a "not" that is not English."""
    found = _OTHER_BEFORE.search(before)
    return before[: found.start()] if found else before


_TAIL = kept_pattern(r"^(?:[가-힣]+|[ぁ-ん]+)")
"""The ending of a Korean or Japanese verb."""


def _is_denied(before: str, *, behind: str) -> bool:
    """Return whether a "not" of another language than English stands beside a word."""
    return bool(
        _NO_BEHIND.match(behind)
        or _NOT_BEHIND.match(behind)
        or _NOT_IN_FRONT.search(before)
        or _OTHER_BEFORE.search(before)
        or _JAPANESE_BEHIND.match(behind)
    )


def never_begun(text: str) -> Sense | None:
    """Return what a folded status is that says that nothing was begun, None for any other.

    An idea that was never tried is no failure: it was dropped, or waits where the text says "yet".

    >>> never_begun("failed to launch"), never_begun("not tested yet"), never_begun("출시 못 함")
    ('dropped', 'planned', 'dropped')
    >>> never_begun("failed to convince"), never_begun("테스트 통과 못함") is None
    (None, True)
    """
    if not (_NEVER_BEGUN.search(text) or _NOT_BEGUN_KO.search(text)):
        return None
    return "planned" if _YET.search(text) else "dropped"


_BEGIN = (
    r"(?:start|begin|begun|began|launch|ship|run|ran|try|tried|test|deploy|releas|execut|implement"
    r"|go live|went live|happen|take place|get to it|got to it|get to try|get around|got around"
    r"|attempt|do it|roll(?:ed)? out|g[eo]t off the ground)"
)
_NEVER_BEGUN = kept_pattern(
    r"^(?:it |we |this |was |still ){0,3}"
    r"(?:failed to|unable to|never(?: got to| got| even| really)?|not(?: yet)?"
    r"|(?:did|could|was|were|has|have|had)(?: not|n['’]t)"
    r"(?: been| even| yet| be| get to| able to){0,2})"
    rf" {_BEGIN}(?:ed|d|ped|ing)?"
    r"(?: it| this| that| yet| at all| in time| so far| on time| to it| to){0,3}[.!]?$"
)
"""The whole cell says so: "did not run into trouble" does not."""
_NOT_BEGUN_KO = kept_pattern(
    r"^(?:아직\s?)?(?:출시|시작|착수|실행|실시|시행|진행|집행|수행|배포|시도|실험|테스트|오픈|런칭"
    r"|론칭|개시|해\s?보)"
    r"(?:[도을를은는]|조차)?\s?(?:하|되)?(?:지[도는]?)?\s?(?:안|못|않)\s?"
    r"(?:함|했음|했다|했어요|했습니다|하였음|해봄|해 봄|됨|됐음|됐다|음|았음|았다|았어요|았습니다"
    r"|하고 있음)?[.!]?$"
    r"|^(?:아직\s?)?못\s?해\s?(?:봄|봤음|봤다|봤어요|봤습니다)[.!]?$"
)
_YET = kept_pattern(r"\byet\b|\bso far\b|아직|^not (?:tested|run|tried|started|begun)\b|^시작")
"""What waits: "not tested" is a plan, "never tested" is none any more."""


def says_both(text: str) -> bool:
    """Return whether a folded text with a success and a failure states neither, or half of each.

    >>> says_both("성공도 실패도 아님"), says_both("성공하지 못하고 실패")
    (True, False)
    """
    return _BOTH.search(text) is not None


_BOTH = kept_pattern(
    r"\b(?:neither|some|both)\b|\bhalf\b.{0,30}\bhalf\b"
    r"|\bpart(?:ly)?\b.{0,30}\bpart(?:ly)?\b"
    r"|(?:^|\s)\S{1,10}[은는엔]\s[^\s,]{1,6},?\s\S{1,10}[은는엔]\s\S"
    r"|도\s.{0,12}도\s?(?:아니|아님|아닌|않)|반.{0,12}반|일부.{0,12}일부|섞|엇갈|공존|[와과]\s"
)
"""A sentence that tells two halves apart states no verdict on the whole."""


def says_a_part(text: str) -> bool:
    """Return whether a folded status begins with a share below the whole: "80% 완료"."""
    return _PART_FIRST.match(text) is not None


def _still_ahead(before: str) -> Sense | None:
    if _PART_BEFORE.search(before):
        return "running"
    return "planned" if _TO_COME_BEFORE.search(before) else None


def _open_still(word: str) -> Sense:
    return "running" if _ENDS.search(word) else "planned"


def _kept(sense: Sense) -> Sense | None:
    return sense if sense == "inconclusive" else None
