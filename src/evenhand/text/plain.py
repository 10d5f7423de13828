"""What a drafted passage reads as, in one plain sentence; and what is missing of it, as questions."""

from collections.abc import Sequence

from evenhand.model import DraftClaim
from evenhand.text.clauses import ENDS
from evenhand.text.happened import Spoken
from evenhand.text.looked_up import Level
from evenhand.text.opening import Opening
from evenhand.text.sentences import Sentence
from evenhand.text.sums import StatedSum

LONGEST_SUBJECT = 9
VERBS = frozenset({"aux", "past", "present", "be", "have", "trend", "causal"})
OPENS = frozenset({"article", "pronoun", "name", "plural", "number", "camp", "quoted", "sourcelike", "society"})
SKIPPED = frozenset({"adverb", "conjunction"})
AGAINST = {"all": "all others", "region": "others of its region", "nearest": "those most like it"}
ASKED = {
    "subject": "who is judged?",
    "measure": "by what measure?",
    "against": "compared with whom?",
    "window": "between which years?",
}
NEEDED = {
    "base-rate": "of what whole class is this said, and over which years?",
    "consensus": "on what exactly are they said to agree?",
    "tie": "which source is tied to whom?",
    "definition": "who belongs under the word and who does not?",
    "quantity": "whose figure is it, of what measure, for which year?",
}
PLAIN = {
    "tie": "{what} is said to depend on, work for or share an interest with somebody",
    "cause": "{what} is said to have brought something about, or to have been brought about",
    "base-rate": "It is said how often, or how easily, things like {what} happen",
    "consensus": "It is said why, or that, many agree",
    "definition": "It is said what a word means, or who belongs under it",
    "inference": "A conclusion is drawn from what stands elsewhere in the text",
    "value": "{what} is judged in a way that no figure settles",
}
OTHERWISE = {
    "tie": "Somebody",
    "cause": "One thing",
    "base-rate": "this",
    "value": "Something",
    "consensus": "",
    "definition": "",
    "inference": "",
}
SAYS = {
    "happened": "is said to have happened", "denied": "is said not to have happened",
    "scale": "is said to have had a certain scale",
    "responsible": "is said to have been somebody's doing", "intent": "is said to have been meant, or not to have been",
}  # fmt: skip


def subject_of(sentence: Sentence, tags: Sequence[frozenset[str]], start: int, end: int) -> tuple[int, int] | None:
    """[first, last) words of whom or what a clause speaks: what stands before its first verb. None where that is unclear."""
    while start < end and (sentence.low[start] in ENDS or (tags[start] & SKIPPED and not tags[start] & OPENS)):
        start += 1
    if start < end and "preposition" in tags[start]:
        comma = next((i for i in range(start, min(end, start + LONGEST_SUBJECT)) if sentence.low[i] == ","), -1)
        return subject_of(sentence, tags, comma + 1, end) if comma > start else None
    stop = start
    while stop < end and not (tags[stop] & VERBS and stop > start):
        if sentence.low[stop] in ENDS or stop - start >= LONGEST_SUBJECT:
            return None
        stop += 1
    while stop > start and tags[stop - 1] & SKIPPED and not tags[stop - 1] & OPENS:
        stop -= 1
    opens = stop > start and (tags[start] & OPENS or sentence.words[start][:1].isupper())
    return (start, stop) if opens and stop < end else None


def reads(
    claim: DraftClaim, about: str, said_by: str, *, opening: Opening | None = None, sums: Sequence[StatedSum] = (),
    spoken: Spoken | None = None, level: Level | None = None, figure: str = "",
) -> str:  # fmt: skip
    """One plain sentence. about: whom the passage speaks of, in the text's words; said_by: who is quoted, where somebody is."""
    what = f"“{about}”" if about else ""
    match claim.kind:
        case "comparison":
            sentence = compared(claim, what, opening)
        case "quantity":
            sentence = counted(what, sums, level, figure)
        case "event":
            sentence = happened(what, spoken)
        case _:
            sentence = PLAIN[claim.kind].format(what=what or OTHERWISE[claim.kind])
    return voiced(sentence, claim, said_by)


def voiced(sentence: str, claim: DraftClaim, said_by: str) -> str:
    """The same as somebody else's claim, where it is one."""
    if claim.voice == "reported":
        begin = sentence if sentence.startswith(("“", "In ")) else sentence[0].lower() + sentence[1:]
        sentence = f"By the words of {f'“{said_by}”' if said_by else 'others'}, {begin}"
    stance = {
        "rejects": ", which the text rejects",
        "concedes": ", which the text grants",
        "asserts": ", which the text shares",
    }
    return sentence + stance.get(claim.stance or "", "") + "."


def compared(claim: DraftClaim, what: str, opening: Opening | None) -> str:
    """A comparison: who, against whom, by what, when, as far as the words say."""
    if opening is not None and opening.whole:
        other = opening.against or AGAINST[opening.peers or "all"]
        way = "rose" if opening.direction == "up" else "fell"
        much = "the most" if opening.form == "most" else "more"
        than = f"of {other}" if opening.form == "most" else f"than in {other}"
        start, end = opening.window
        subject = " and ".join(opening.subjects)
        return f"From {start} to {end} {opening.because} {way} {much} in {subject} {than}"
    subject = what or (f"“{opening.subjects[0]}”" if opening and opening.subjects else "Somebody or something")
    against = f"“{opening.against}”" if opening and opening.against else "others"
    measure = f"by “{opening.because}”" if opening and opening.because else "by a measure that the words leave open"
    unnamed = "" if against != "others" or not claim.veiled else " that the words leave open"
    return f"{subject} is set against {against}{unnamed}, {measure}"


def counted(what: str, sums: Sequence[StatedSum], level: Level | None, figure: str) -> str:
    """A quantity: the sum that is stated, the level to look up, or what figure is given."""
    if sums:
        return f"By the text's own figures, {sums[0].expression} comes to {sums[0].stated}"
    if level is not None:
        return f"In {level.year} the figure of {level.name} for {level.measure.replace('-', ' ')} was {level.stated}"
    if figure:
        return f"A figure is given{f' for {what}' if what else ''}: {figure}"
    return f"An amount or a trend is stated{f' of {what}' if what else ''}, without a figure"


def happened(what: str, spoken: Spoken | None) -> str:
    """An event: which one, and what is said of it."""
    if spoken is not None and spoken.id:
        return f"“{spoken.name}” {SAYS[spoken.says]}"
    denied = spoken is not None and spoken.says == "denied"
    return f"Something is said {'not ' if denied else ''}to have happened{f' to or by {what}' if what and not denied else ''}"


def missing_of(claim: DraftClaim, names: Sequence[str], opening: Opening | None, *, settled: bool) -> tuple[str, ...]:
    """What is missing to audit a claim, as questions. names: what its cue leaves open; settled: what it needs was found."""
    if claim.kind == "comparison":
        if opening is not None:
            return opening.questions
        return tuple(ASKED[name] for name in names if name in ASKED)
    needed = NEEDED.get(claim.kind)
    return (needed,) if needed and not settled else ()
