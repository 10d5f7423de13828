"""Merges what a model proposed with what the rules drafted; where they disagree, both are shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from evenhand.model import DraftClaim
from evenhand.text.completing import Drafted
from evenhand.text.drafting import Draft
from evenhand.text.proposing.asking import Proposed
from evenhand.text.sums import StatedSum


@dataclass(frozen=True, slots=True)
class Account:
    """What became of a model's proposals. thrown: (why, how many); agreed: with a rule's draft in kind and voice."""

    model: str
    when: str
    asked: int
    kept: int
    proposed: int
    thrown: tuple[tuple[str, int], ...]
    added: int
    agreed: int
    disagreed: int


def merged(draft: Draft, proposed: Proposed) -> tuple[Draft, Account]:
    """The rules' draft with the model's claims beside it, in the order of the text.

    A proposal that shares a third of what both cover with a rule's draft is the same passage: the rule's stays, and where the
    two differ in kind, voice, move or veil, that is a question beside it. Every other proposal is added as the model's own.
    """
    drafted = list(draft.drafted)
    added: list[Drafted] = []
    agreed = disagreed = 0
    taken: set[int] = set()
    for claim, stated in proposed.claims:
        at = same_passage(claim, drafted, taken)
        if at is None:
            added.append(of_model(claim, stated, proposed.when))
            continue
        taken.add(at)
        differ = differences(drafted[at].claim, claim)
        if differ:
            disagreed += 1
            question = asked(differ, proposed.model)
            drafted[at] = replace(drafted[at], questions=(*drafted[at].questions, question), differs=question)
        else:
            agreed += 1
    account = Account(
        proposed.model, proposed.when, proposed.asked, proposed.kept,
        len(proposed.claims) + sum(n for _, n in proposed.thrown), proposed.thrown, len(added), agreed, disagreed,
    )  # fmt: skip
    return replace(draft, drafted=tuple(in_order(drafted, added))), account


def in_order(drafted: Sequence[Drafted], added: Sequence[Drafted]) -> list[Drafted]:
    """All drafts in the order of the text; what an inference rests on follows its drafts to their new places."""
    everything = [(one.claim.start, one.claim.end, 0, i, one) for i, one in enumerate(drafted)]
    everything += [(one.claim.start, one.claim.end, 1, i, one) for i, one in enumerate(added)]
    everything.sort(key=lambda each: each[:4])
    place = {i: at for at, (_, _, who, i, _) in enumerate(everything) if who == 0}
    return [
        replace(one, rests_on=tuple(place[j] for j in one.rests_on)) if one.rests_on else one
        for _, _, _, _, one in everything
    ]


def of_model(claim: DraftClaim, stated: StatedSum | None, when: str) -> Drafted:
    """A claim that only the model marks."""
    asks = claim.missing if claim.kind in {"comparison", "event"} else ()
    return Drafted(claim, sums=(stated,) if stated else (), questions=asks, when=when)


def same_passage(claim: DraftClaim, drafted: Sequence[Drafted], taken: set[int]) -> int | None:
    """The rule's draft of the same passage; of several the one that shares most, one of the same kind first."""
    best: tuple[bool, float, int] | None = None
    for i, one in enumerate(drafted):
        other = one.claim
        both = min(claim.end, other.end) - max(claim.start, other.start)
        union = (claim.end - claim.start) + (other.end - other.start) - both
        if i not in taken and both > 0 and 3 * both >= union:
            best = max(filter(None, [best, (other.kind == claim.kind, both / union, -i)]))
    return -best[2] if best is not None else None


def differences(rule: DraftClaim, model: DraftClaim) -> list[str]:
    """In what two readings of a passage differ, the rule's first."""
    pairs: list[tuple[str, str]] = [(rule.kind, model.kind), (rule.voice, model.voice)]
    if rule.kind == model.kind == "comparison":
        pairs.append(("veiled" if rule.veiled else "open", "veiled" if model.veiled else "open"))
    pairs.append((rule.move or "no move", model.move or "no move"))
    return [f"{ours}, and the model {theirs}" for ours, theirs in pairs if ours != theirs]


def asked(differ: Sequence[str], model: str) -> str:
    return f"the rule says {'; the rule says '.join(differ)} ({model}): which is it?"
