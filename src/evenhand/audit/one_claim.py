"""One claim of a case by itself, and one comparison with some choices left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from evenhand.audit import leaders
from evenhand.audit.argument import ARGUED
from evenhand.audit.opening import Opened, open_comparison
from evenhand.audit.result import AuditedClaim, SourceNote
from evenhand.audit.run import audit
from evenhand.case import Case, Claim
from evenhand.catalog import Catalog
from evenhand.compare import Verdict, multiverse, verdict
from evenhand.model import BadInputError, closest_words

Left = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class OneClaim:
    """claim: with its finding. sources: in full, those that it rests on."""

    claim: AuditedClaim
    sources: tuple[SourceNote, ...]


def one_claim(case: Case, catalog: Catalog, claim: str, *, seed: int = 0) -> OneClaim:
    """Audits one claim alone; a conclusion, which has no evidence of its own, with all that it rests on."""
    whole = case.claim(claim).kind in ARGUED
    alone = case if whole else replace(
        case, claims=(case.claim(claim),), links=(), positions=(), testimony=(), sides=(), argues_for=None,
        disputes=tuple(d for d in case.disputes if d.claim == claim),
    )  # fmt: skip
    found = audit(alone, catalog, seed=seed)
    mine = next(one for one in found.claims if one.id == claim)
    return OneClaim(mine, tuple(source for source in found.sources if claim in source.used_by))


def verdict_without(case: Case, catalog: Catalog, claim: Claim, left: Left, *, seed: int = 0) -> tuple[Opened, Verdict]:
    """The verdict with these (choice, option) left out of what the audit takes. Raises BadInputError for unknown ones."""
    if claim.open is None:
        raise BadInputError(f"claim {claim.id} compares nothing, so it has no choices", hint="leave --without away")
    if leaders.is_leader(claim.open, catalog):
        opened = leaders.open_leaders(claim.open, catalog, seed=seed)
    else:
        choices = [case.choice(c) for c in claim.open.choices]
        opened = open_comparison(claim.open, catalog, case_choices=choices, seed=seed)
    only = _kept(opened, left)
    whole = multiverse(opened.plan, opened.panels, opened.form)
    return opened, verdict(whole.restricted(only), opened.column)


def _kept(opened: Opened, left: Left) -> Mapping[str, list[str]]:
    kept: dict[str, list[str]] = {known.kind: list(known.kept) for known in opened.lists}
    for choice, option in left:
        if choice not in kept:
            near = closest_words(choice, kept, 1)
            hint = f"its choices: {', '.join(kept)}" + (f"; closest: {near[0]}" if near else "")
            raise BadInputError(f"this claim has no choice {choice!r}", hint=hint)
        if option not in kept[choice]:
            raise BadInputError(
                f"the choice {choice} has no option {option!r}", hint=f"there are {', '.join(kept[choice])}"
            )
        kept[choice].remove(option)
    empty = next((choice for choice, ids in kept.items() if not ids), None)
    if empty is not None:
        raise BadInputError(f"no option of the choice {empty} would be left", hint="leave fewer out")
    return kept
