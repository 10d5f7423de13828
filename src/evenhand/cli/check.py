"""``evenhand check``: is the casefile in order?"""

import json
from dataclasses import asdict
from pathlib import Path

import click

EXAMPLES = """\b
Examples:
  evenhand check essay.case.yaml
  evenhand check essay.case.yaml --json
"""


@click.command("check", epilog=EXAMPLES)
@click.argument("path", metavar="CASE|TEXT", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def command(*, path: Path, as_json: bool) -> None:
    """Check a casefile without computing anything.

    Every problem is listed at once, in the order of the file, as file:line:column. Exit 2 if there is one.
    """
    from evenhand.audit import open_case
    from evenhand.model.words import plural

    case, _ = open_case(path)
    counts: dict[str, int] = {}
    for claim in case.claims:
        counts[claim.kind] = counts.get(claim.kind, 0) + 1
    if as_json:
        shape = {"case": case.path.name, "claims": counts, "unchecked": [asdict(p) for p in case.unchecked]}
        click.echo(json.dumps(shape, ensure_ascii=False, indent=1))
        return
    listed = ", ".join(f"{n} {kind}" for kind, n in sorted(counts.items()))
    click.echo(f"{case.path.name}: in order; {plural(len(case.claims), 'claim')} ({listed})")
    for key in case.unchecked:
        click.echo(f"  accepted, not used by this version: {key}")
