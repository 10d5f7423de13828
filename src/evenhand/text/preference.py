"""Which of two named things does a sentence prefer? Rules over the words before, between and behind them."""

from collections.abc import Sequence
from typing import Literal

from evenhand.text.fold import fold
from evenhand.text.language import Language
from evenhand.text.sentences import TOKEN

Preference = Literal["better", "worse", "none"]
NEAR = 9
FAR = 22
SHORT = 6
JOINTS = frozenset({"over", "to", "than", "instead"})


def preference(sentence: str, first: str, second: str, cues: Language) -> Preference:
    """Is the first named thing said to be better than the second, or worse, or neither?

    first, second: as they stand in the sentence; the order in which they are given is the order of the answer. A keyword
    rule in the manner of Panchenko et al. 2019 (CompSent-19), with negation, contrast and "than".
    """
    low = fold(sentence).text.lower()
    here, there = low.find(first.lower()), low.find(second.lower())
    if here < 0 or there < 0 or here == there:
        return "none"
    if there < here:
        turned = _judged(low, there, len(second), here, len(first), cues)
        return {"better": "worse", "worse": "better", "none": "none"}[turned]  # type: ignore[return-value]
    return _judged(low, here, len(first), there, len(second), cues)


def _judged(low: str, a: int, a_length: int, b: int, b_length: int, cues: Language) -> Preference:
    before, between, after = (TOKEN.findall(part) for part in (low[:a], low[a + a_length : b], low[b + b_length :]))
    sign = _between(between, cues) or _before(before, between, cues) or _after(between, after, cues)
    return "better" if sign > 0 else "worse" if sign < 0 else "none"


def _between(between: Sequence[str], cues: Language) -> int:
    """ "A is better than B", "A beats B", "prefer A over B"."""
    than = next((i for i in range(len(between) - 1, -1, -1) if between[i] in {"than", "then"}), -1)
    if than >= 0 and len(between) - than <= NEAR:
        for i in range(than - 1, max(-1, than - FAR), -1):
            if sign := _sign(between, i, cues):
                return _negated(between, i, sign, cues)
    for i, word in enumerate(between):
        if word in cues.preference["beats"] and len(between) - i <= NEAR:
            return _negated(between, i, 1, cues)
        if word in cues.preference["loses"] and len(between) - i <= NEAR - 3:
            return _negated(between, i, -1, cues)
        if word in {"superior", "preferable", "inferior"} and "to" in between[i + 1 : i + 3]:
            return _negated(between, i, -1 if word == "inferior" else 1, cues)
    return 0


def _before(before: Sequence[str], between: Sequence[str], cues: Language) -> int:
    """ "a better language than": the word stands before both; "prefer A to B"."""
    tail = list(before[-NEAR:])
    if "than" in between[:FAR]:
        for i in range(len(tail) - 1, -1, -1):
            if sign := _sign(tail, i, cues):
                return _negated(tail, i, sign, cues)
    joint = len(between) <= SHORT and bool(JOINTS & set(between[:3]))
    if joint and any(word in cues.preference["prefers"] for word in tail[-4:]):
        return -1 if any(word in cues.preference["negates"] for word in tail[-6:]) else 1
    return 0


def _after(between: Sequence[str], after: Sequence[str], cues: Language) -> int:
    """ "A is fine, but B is better"; "compared to A, B is slower"."""
    turned = any(word in cues.preference["turns"] for word in between)
    for i, word in enumerate(after[:6]):
        sign = _sign(after, i, cues)
        if sign and word not in {"more", "less"} and (turned or "compared" in between) and len(between) <= FAR:
            return -_negated(after, i, sign, cues)
    return 0


def _sign(words: Sequence[str], i: int, cues: Language) -> int:
    """+1 for a word of more worth, -1 for one of less, 0 for any other; "more expensive" is of less worth."""
    word, table = words[i], cues.preference
    following = words[i + 1] if i + 1 < len(words) else ""
    bad = following in table["bad"]
    if word == "more":
        return -1 if bad else 1
    if word == "less":
        return 1 if bad else -1
    return 1 if word in table["better"] else -1 if word in table["worse"] else 0


def _negated(words: Sequence[str], i: int, sign: int, cues: Language) -> int:
    denied = any(word in cues.preference["negates"] or word.endswith("n't") for word in words[max(0, i - 4) : i])
    return 0 if denied and sign > 0 and "any" in words[max(0, i - 4) : i] else -sign if denied else sign
