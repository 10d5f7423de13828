"""Holds a model's proposals to the contract: nothing is taken that was not checked against the text, to the letter."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from evenhand.model import CLAIM_KINDS, MOVES, STANCES, BadInputError, DraftClaim
from evenhand.text.arithmetic import recompute
from evenhand.text.sums import StatedSum

LONGEST_QUOTE = 500
LONGEST_SENTENCE = 300
MOST_MISSING = 6
MOST_CLAIMS = 2000
MOST_TRIES = 8
CONFIDENCE = 0.5  # of a proposal that no rule shares: nobody has measured this model on these texts
NUMBER = re.compile(r"\d[\d.,]*\d|\d")


@dataclass(frozen=True, slots=True)
class Held:
    """The proposals that stand, and how many were thrown away for each reason. broken: the answer was no whole JSON."""

    claims: tuple[tuple[DraftClaim, StatedSum | None], ...]
    thrown: Counter[str]
    broken: bool = False


def held(answer: str, text: str, start: int, end: int, model: str) -> Held:
    """What of an answer stands? Quotes are looked for in text[start:end], which the model was shown, and nowhere else."""
    proposals = parsed(answer)
    if proposals is None:
        return Held((), Counter(), broken=True)
    thrown: Counter[str] = Counter()
    found: list[tuple[DraftClaim, StatedSum | None]] = []
    if len(proposals) > MOST_CLAIMS:
        thrown["more than a text can hold"] += len(proposals) - MOST_CLAIMS
    at: dict[str, int] = {}
    for proposal in proposals[:MOST_CLAIMS]:
        why = fault(proposal)
        if why is None:
            quote = proposal["quote"]
            place = text.find(quote, at.get(quote, start), end)
            if place >= 0:
                at[quote] = place + 1
                found.append(claim_of(proposal, place, model))
                continue
            why = "its quote is not in the text to the letter" if quote not in at else "it repeats another"
        thrown[why] += 1
    kept = list(without_repeats(found))
    if repeats := len(found) - len(kept):
        thrown["it repeats another"] += repeats
    return Held(tuple(kept), thrown)


def parsed(answer: str) -> list[Any] | None:
    """The list of proposals in an answer; None where it is no whole JSON of that form. What stands around it is let be."""
    decoder = json.JSONDecoder()
    opens, listed = answer.find("{"), answer.find("[")
    bare = [listed] if opens < 0 or listed < opens else []
    starts = dict.fromkeys([*bare, opens, answer.rfind('{"claims"'), *places_of("{", answer)])
    for start in starts:
        if start < 0:
            continue
        try:
            found, _ = decoder.raw_decode(answer, start)
        except (ValueError, RecursionError):
            continue
        claims = found.get("claims") if isinstance(found, dict) else found
        if isinstance(claims, list):
            return claims
    return None


def places_of(mark: str, words: str) -> list[int]:
    """The first places of a mark."""
    return [found.start() for found in islice(re.finditer(re.escape(mark), words), MOST_TRIES)]


def fault(proposal: object) -> str | None:
    """Why a proposal is no claim of ours; None where its form is right."""
    if not isinstance(proposal, Mapping):
        return "it is no claim"
    quote, kind, move = proposal.get("quote"), proposal.get("kind"), proposal.get("move")
    if not isinstance(quote, str) or len(quote.strip()) < 2:
        return "it has no quote"
    if len(quote) > LONGEST_QUOTE:
        return f"its quote has over {LONGEST_QUOTE} characters"
    if kind not in CLAIM_KINDS:
        return "its kind is none of ours"
    if move is not None and move not in MOVES:
        return "its move is none of ours"
    if proposal.get("voice", "author") not in {"author", "reported"}:
        return "its voice is none of ours"
    stance = proposal.get("stance")
    return "its stance is none of ours" if stance is not None and stance not in STANCES else None


def claim_of(proposal: Mapping[str, Any], place: int, model: str) -> tuple[DraftClaim, StatedSum | None]:
    """A claim from a proposal whose form is right and whose quote stands at a place."""
    quote, kind = proposal["quote"].strip(), proposal["kind"]
    place += len(proposal["quote"]) - len(proposal["quote"].lstrip())
    reported = proposal.get("voice") == "reported"
    missing = proposal.get("missing")
    stated = sum_of(proposal.get("arithmetic"), quote, place)
    shown = recompute(stated.expression, stated.stated).shown if stated is not None else None
    return DraftClaim(
        quote, place, place + len(quote), kind,
        veiled=kind == "comparison" and proposal.get("veiled") is True,
        voice="reported" if reported else "author", stance=proposal.get("stance") if reported else None,
        move=proposal.get("move"), arithmetic=shown, confidence=CONFIDENCE, reads=one_line(proposal.get("reads")),
        missing=tuple(filter(None, map(one_line, missing[:MOST_MISSING]))) if isinstance(missing, list) else (),
        cue=model, by="model",
    ), stated  # fmt: skip


def one_line(words: object) -> str:
    """A sentence of the model's own as it may be shown: one line, not too long, nothing invisible; else empty."""
    if not isinstance(words, str):
        return ""
    plain = " ".join("".join(c for c in words if c.isprintable() or c.isspace()).split())
    return plain if len(plain) <= LONGEST_SENTENCE else ""


def sum_of(proposed: object, quote: str, place: int) -> StatedSum | None:
    """A proposed sum, where every number of it and its result stand in the quote, and it can be computed."""
    if not isinstance(proposed, Mapping):
        return None
    expression, stated = proposed.get("expression"), proposed.get("stated")
    if not isinstance(expression, str) or not isinstance(stated, str) or not stated.strip() or stated not in quote:
        return None
    numbers = set(NUMBER.findall(quote))
    if not NUMBER.findall(expression) or not set(NUMBER.findall(expression)) <= numbers:
        return None
    try:
        if recompute(expression, stated).agrees is None:
            return None
    except BadInputError:
        return None
    return StatedSum(expression, stated, place, place + len(quote), place)


def without_repeats(
    found: list[tuple[DraftClaim, StatedSum | None]],
) -> Iterator[tuple[DraftClaim, StatedSum | None]]:
    """Of claims of one kind that overlap by more than half of the shorter, the first."""
    kept: list[DraftClaim] = []
    for claim, stated in sorted(found, key=lambda one: (one[0].start, -one[0].end)):
        repeats = any(
            other.kind == claim.kind
            and 2 * (min(other.end, claim.end) - max(other.start, claim.start))
            > min(other.end - other.start, claim.end - claim.start)
            for other in kept[-20:]
        )
        if not repeats:
            kept.append(claim)
            yield claim, stated
