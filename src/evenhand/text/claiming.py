"""What a passage is drafted as: its kind by the strongest cue, its voice, its move, whether a comparison is veiled."""

from evenhand.model import ClaimKind, DraftClaim, Move
from evenhand.text.arithmetic import recompute
from evenhand.text.clauses import has_verb
from evenhand.text.passages import Passage
from evenhand.text.reading import Read
from evenhand.text.speech import AUTHOR, Voiced

SHORTEST = 4
UNSURE = 0.3
SET_AGAINST = frozenset({"than", "as", "against", "compared"})


def claim_of(one: Read, passage: Passage) -> DraftClaim | None:
    """A draft without its quote: by the strongest cue of a passage. None where nothing in it makes a claim."""
    best, voiced = passage.best, voice(one, passage)
    arithmetic = None
    if passage.sums:
        first = passage.sums[0]
        arithmetic = recompute(first.expression, first.stated).shown
    if best is None and arithmetic is None:
        return left_over(one, passage)
    rule = best.rule if best is not None else None
    kind: ClaimKind = "quantity" if arithmetic or rule is None or rule.kind is None else rule.kind
    return DraftClaim(
        "", 0, 0, kind,
        veiled=kind == "comparison" and is_veiled(one, passage), voice="reported" if voiced.reported else "author",
        stance=voiced.stance, move=move_of(one, passage, kind), arithmetic=arithmetic,
        confidence=0.95 if arithmetic else rule.confidence if rule else UNSURE,
        missing=rule.missing if rule else (), cue=rule.id if rule and not arithmetic else "stated sum",
    )  # fmt: skip


def voice(one: Read, passage: Passage) -> Voiced:
    """Whose a passage is: a sentence may report in one part and answer in the other."""
    return one.voiced if one.voiced.holds(passage.start, passage.end) else AUTHOR


def is_veiled(one: Read, passage: Passage) -> bool:
    """Does a comparison leave unsaid with whom, or on what measure? Open is what names a yardstick and the other side."""
    words = one.tags[passage.start : passage.end]
    low = one.sentence.low[passage.start : passage.end]
    measured = any(found & {"number", "trend", "measurable"} and "year" not in found for found in words)
    other = bool(SET_AGAINST & set(low)) or any("name" in found for found in words)
    return not (measured and other)


def move_of(one: Read, passage: Passage, kind: str) -> Move | None:
    """The rhetorical move of a passage, where its words and its kind make one."""
    moves = sorted((hit for hit in passage.hits if hit.rule.move), key=lambda hit: -hit.rule.strength)
    if kind == "tie" and any("sourcelike" in found for found in one.tags[passage.start : passage.end]):
        return "against-the-source"
    return next((hit.rule.move for hit in moves if hit.rule.move != "superlative" or kind == "comparison"), None)


def left_over(one: Read, passage: Passage) -> DraftClaim | None:
    """A passage without a cue: a statement that somebody may still ask about; questions and fragments are none."""
    low = one.sentence.low
    if passage.end - passage.start < SHORTEST or low[-1] == "?" or "imperative" in one.tags[0]:
        return None
    if not has_verb(one.tags, passage.start, passage.end):
        return None
    past = any("past" in found for found in one.tags[passage.start : passage.end])
    kind: ClaimKind = "event" if past else "value"
    voiced = voice(one, passage)
    return DraftClaim("", 0, 0, kind, voice="reported" if voiced.reported else "author", stance=voiced.stance,
                      confidence=UNSURE, cue="no cue")  # fmt: skip
