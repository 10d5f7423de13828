"""What ``evenhand draft`` tells: the summary, the reasons for one passage, and the JSON."""

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from evenhand.audit.wording import plural
from evenhand.model import BadInputError
from evenhand.text import Draft, language

ENDING = ".case.yaml"


def target_of(path: Path, output: Path | None) -> Path:
    """Where the casefile goes: beside the text, unless the user says otherwise."""
    if output is None:
        return path.with_name(path.stem + ENDING)
    return output / (path.stem + ENDING) if output.is_dir() else output


def json_of(made: Draft) -> str:
    """The claims, with the fields of ``DraftClaim``, and the account of what was read."""
    claims = [{k: list(v) if isinstance(v, tuple) else v for k, v in asdict(claim).items()} for claim in made.claims]
    return json.dumps({"claims": claims, "ledger": asdict(made.ledger)}, ensure_ascii=False, indent=1)


def told(made: Draft, target: Path, *, updated: bool) -> str:
    """A summary for the terminal."""
    kinds = Counter(claim.kind for claim in made.claims)
    listed = ", ".join(f"{n} {kind}" for kind, n in kinds.most_common())
    ledger = made.ledger
    lines = [
        f"{plural(ledger.sentences, 'sentence')} read, {plural(ledger.quantities, 'figure')} seen.",
        f"{plural(len(made.claims), 'passage')} drafted{': ' + listed if listed else ''}.",
        f"{ledger.opened} of {plural(ledger.comparisons, 'comparison')} opened; left open: "
        + ("; ".join(f"{why} ({n})" for why, n in ledger.left_open) or "none")
        + ".",
        f"{'updated' if updated else 'written'}: {target}",
        "This is a draft by rules, and nobody has checked it. Read it, answer its questions, then: evenhand audit "
        + str(target),
    ]
    return "\n".join(lines)


def explained(made: Draft, n: int) -> str:
    """Why a passage was drafted, and what it needs to be audited."""
    if n > len(made.drafted):
        raise BadInputError(f"there is no passage {n}", hint=f"the text has {len(made.drafted)}")
    one = made.drafted[n - 1]
    rule = next((rule for rule in language(made.language).rules if rule.id == one.claim.cue), None)
    lines = [f"{n}. “{one.claim.quote}” (characters {one.claim.start} to {one.claim.end})", f"kind: {one.claim.kind}"]
    lines.append(f"cue: {one.claim.cue}, confidence {one.claim.confidence:.2f}")
    if rule is not None and rule.examples:
        lines.append(f"  the same rule finds: {rule.examples[0]}")
    if one.claim.voice == "reported":
        lines.append("voice: reported: somebody else's claim, not the author's")
    if one.claim.move:
        lines.append(f"move: {one.claim.move}: a question to ask, not a verdict")
    lines += [f"sum: {s.expression}, against “{s.stated}”" for s in one.sums]
    lines += ["needed to audit it:", *(f"  {question}" for question in one.questions)] if one.questions else []
    return "\n".join(lines)
