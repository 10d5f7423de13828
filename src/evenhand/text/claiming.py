"""What a passage is drafted as: its kind, by the points of all that stands in it; its voice, its move, whether it is veiled."""

from collections.abc import Sequence

from evenhand.model import ClaimKind, DraftClaim, Move
from evenhand.text.arithmetic import recompute
from evenhand.text.clauses import has_verb
from evenhand.text.language import Language
from evenhand.text.passages import Hit, Passage
from evenhand.text.reading import Read
from evenhand.text.speech import AUTHOR, Voiced
from evenhand.text.weighing import Weighed, is_asked, kind_of, weighed

SHORTEST = 4
UNSURE = 0.3
POINTS = "points"  # the cue of a passage that is drafted as a kind of which no rule fired
MISSING = {"comparison": ("measure", "against"), "base-rate": ("class",)}
COMMON = frozenset({"the", "a", "an", "its", "his", "her", "their", "our", "this", "that"})
SPANS = frozenset({"year", "years", "month", "months", "week", "weeks", "days", "decade", "decades", "centuries"})
TOLD_BY = frozenset({"figure", "figures", "estimate", "estimates", "statistic", "statistics", "count", "number"})
SET_AGAINST = frozenset({"than", "as", "against", "compared", "ahead", "behind", "while", "whereas"})
BOTH = 2


def claim_of(one: Read, passage: Passage, cues: Language) -> DraftClaim | None:
    """A draft without its quote. None where nothing in a passage makes a claim."""
    voiced, arithmetic = voice(one, passage), None
    if passage.sums:
        first = passage.sums[0]
        arithmetic = recompute(first.expression, first.stated).shown
    found = weighed(one, passage, cues)
    if not is_asked(found, passage):
        return None
    if passage.best is None and arithmetic is None:
        return left_over(one, passage, cues, found)
    kind, hit = told(found, passage)
    kind = "quantity" if arithmetic else kind
    cue = "stated sum" if arithmetic else hit.rule.id if hit else POINTS
    return DraftClaim(
        "", 0, 0, kind,
        veiled=kind == "comparison" and is_veiled(one, passage), voice="reported" if voiced.reported else "author",
        stance=voiced.stance, move=move_of(one, passage, kind, voiced), arithmetic=arithmetic,
        confidence=hit.rule.confidence if hit and not arithmetic else sure(cues, cue),
        missing=hit.rule.missing if hit else MISSING.get(kind, ()), cue=cue,
    )  # fmt: skip


def told(found: Weighed | None, passage: Passage) -> tuple[ClaimKind, Hit | None]:
    """The kind of a passage in which something fires, and the strongest of its cues that says so, if any does."""
    kind = kind_of(found, passage) or "quantity"
    same = [hit for hit in passage.hits if hit.rule.kind == kind]
    return kind, max(same, key=lambda hit: (hit.rule.strength, -hit.start), default=None)


def sure(cues: Language, name: str) -> float:
    """How often a draft without a rule of its own was right where that was measured."""
    return cues.measured[name].confidence if name in cues.measured else UNSURE


def voice(one: Read, passage: Passage) -> Voiced:
    """Whose a passage is: a sentence may report in one part and answer in the other."""
    return one.voiced if one.voiced.holds(passage.start, passage.end) else AUTHOR


def is_veiled(one: Read, passage: Passage) -> bool:
    """Does a comparison leave unsaid with whom, or on what measure?

    Open is what gives a figure for either side, and what sets one against another on a measure or with a figure: the other side
    by name, or by a noun of its own ("than in the mill towns").
    """
    words = one.tags[passage.start : passage.end]
    low = one.sentence.low[passage.start : passage.end]
    counted = sum(
        "number" in found and "year" not in found and not SPANS & set(low[i + 1 : i + 2])
        for i, found in enumerate(words)
    )
    if counted >= BOTH:
        return False
    measured = bool(counted) or any(found & {"trend", "measurable"} for found in words)
    at = next((i for i, word in enumerate(low) if word in SET_AGAINST), -1)
    other = at > 0 and any(found & {"name", "society", "plural"} for found in words[at + 1 :])
    return not (measured and other)


def move_of(one: Read, passage: Passage, kind: str, voiced: Voiced) -> Move | None:
    """The rhetorical move of a passage, where its words and its kind make one.

    A tie is one against a source where it is said of a source or of a person; a loaded word is one in a judgement, and in
    a belief that is reported, or that the text keeps at a distance; a superlative in a comparison.
    """
    if kind == "tie":
        return "against-the-source" if of_a_source(one, passage) else None
    for hit in sorted((hit for hit in passage.hits if hit.rule.move), key=lambda hit: -hit.rule.strength):
        if hit.rule.move == "superlative" and kind != "comparison":
            continue
        if hit.rule.move == "loaded-word" and kind not in {"comparison", "value"} and not voiced.reported:
            continue
        return hit.rule.move
    return "loaded-word" if ironic(one, passage) else None


def ironic(one: Read, passage: Passage) -> bool:
    """Does a passage keep a word at a distance: “reform”, so-called?"""
    return any(passage.reaches(i) for i in one.ironic)


def of_a_source(one: Read, passage: Passage) -> bool:
    """Is a passage about a source, or about a person by first and last name?"""
    words = one.sentence.words[passage.start : passage.start + 2]
    person = len(words) == 2 and all(w[:1].isupper() and w.isalpha() and w.lower() not in COMMON for w in words)
    told = TOLD_BY & set(one.sentence.low)
    return person or bool(told) or any("sourcelike" in found for found in one.tags[passage.start : passage.end])


def addressed(tags: Sequence[frozenset[str]], first: str) -> bool:
    """Are these words about the reader, or about what will be, or no statement of their own ("to put it simply")?"""
    return first in {"to", "according"} or any(found & {"you", "future"} for found in tags)


def left_over(one: Read, passage: Passage, cues: Language, found: Weighed | None) -> DraftClaim | None:
    """A passage without a cue: a statement that somebody may still ask about; orders and fragments are none."""
    low = one.sentence.low
    here = one.tags[passage.start : passage.end]
    voiced = voice(one, passage)
    ordered = "imperative" in one.tags[0] and not voiced.reported
    if passage.end - passage.start < SHORTEST or ordered:
        return None
    whole = passage.start == 0 and passage.end >= len(low) - 1
    verb = whole or voiced.reported or has_verb(one.tags, passage.start, passage.end)
    if not verb or (addressed(here, low[passage.start]) and not voiced.reported):
        return None
    if passage.start and low[passage.start - 1] == "(":
        return None
    past = any("past" in found for found in here)
    kind = kind_of(found, passage) or ("event" if past else "value")
    veiled = kind == "comparison" and is_veiled(one, passage)
    return DraftClaim("", 0, 0, kind, veiled=veiled, voice="reported" if voiced.reported else "author", stance=voiced.stance,
                      move=move_of(one, passage, kind, voiced), confidence=sure(cues, "no cue"), cue="no cue")  # fmt: skip
