"""What ``evenhand draft`` tells: the summary, the reasons for one passage, and the JSON."""

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenhand.cli.draft_advice import advice
from evenhand.model import BadInputError
from evenhand.model.words import plural
from evenhand.text import Draft, Drafted, language

if TYPE_CHECKING:
    from evenhand.text.proposing import Account


def json_of(made: Draft, account: "Account | None" = None, *, failed: str = "") -> str:
    """The claims, with the fields of ``DraftClaim``, who is quoted in each, and the account of what was read.

    account: of a model's proposals, where one was asked; failed: why it gave none.
    """
    claims = [
        {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(one.claim).items()}
        | {"said_by": one.said_by, "questions": list(one.questions), "when": one.when}
        for one in made.drafted
    ]
    data: dict[str, Any] = {"claims": claims, "ledger": asdict(made.ledger)}
    if account is not None:
        data["model"] = asdict(account)
    if failed:
        data["model"] = {"failed": failed}
    return json.dumps(data, ensure_ascii=False, indent=1)


def told(made: Draft, target: Path, *, updated: bool) -> str:
    """A summary for the terminal."""
    kinds = Counter(claim.kind for claim in made.claims)
    listed = ", ".join(f"{n} {kind}" for kind, n in kinds.most_common())
    ledger = made.ledger
    drafters = "rules and a model" if any(claim.by == "model" for claim in made.claims) else "rules"
    lines = [
        f"{plural(ledger.sentences, 'sentence')} read, {plural(ledger.quantities, 'figure')} seen.",
        f"{plural(len(made.claims), 'passage')} drafted{': ' + listed if listed else ''}.",
        f"{ledger.opened} of {plural(ledger.comparisons, 'comparison')} opened; left open: "
        + ("; ".join(f"{why} ({n})" for why, n in ledger.left_open) or "none")
        + ".",
        f"{'updated' if updated else 'written'}: {target}",
        f"This is a draft by {drafters}, and nobody has checked it. Read it, answer its questions, then: evenhand audit {target}",
    ]
    return "\n".join(lines)


def passage(made: Draft, n: int) -> Drafted:
    """The draft of one passage, counted from 1. Raises BadInputError where there is none of that number."""
    if n > len(made.drafted):
        raise BadInputError(f"there is no passage {n}", hint=f"the draft has {plural(len(made.drafted), 'passage')}")
    return made.drafted[n - 1]


def explained(made: Draft, n: int) -> str:
    """Why a passage was drafted, and what it needs to be audited."""
    one = passage(made, n)
    rule = next((rule for rule in language(made.language).rules if rule.id == one.claim.cue), None)
    lines = [f"{n}. “{one.claim.quote}” (characters {one.claim.start} to {one.claim.end})", f"kind: {one.claim.kind}"]
    lines.append(f"cue: {one.claim.cue}, confidence {one.claim.confidence:.2f}")
    if rule is not None and rule.measured is not None:
        known = rule.measured
        lines.append(
            f"  right in {known.right} of its {known.drafts} drafts on marked texts; finds {known.recall:.0%} of such marks"
        )
    if rule is not None and rule.examples:
        lines.append(f"  the same rule finds: {rule.examples[0]}")
    if one.claim.by == "model":
        lines[-1] = f"proposed by the model {one.claim.cue} on {one.when}; no rule sees it"
    lines += [f"reads: {one.claim.reads}"] if one.claim.reads else []
    if one.claim.voice == "reported":
        lines.append(f"voice: reported{f' from “{one.said_by}”' if one.said_by else ''}: not the author's own claim")
    if one.claim.move:
        lines.append(f"move: {one.claim.move}: a question to ask, not a verdict")
    lines += [f"sum: {s.expression}, against “{s.stated}”" for s in one.sums]
    lines += [f"leans on: {c.citation or f'{c.mark}, which the text does not list'}" for c in one.cites]
    asked = tuple(dict.fromkeys([*one.claim.missing, *one.questions]))
    lines += ["open questions:", *(f"  {question}" for question in asked)] if asked else []
    lines += advice(one, f"c{n}")
    return "\n".join(lines)
