"""``evenhand cite``: how to cite one finding, and the digests that say exactly which one it is."""

import json
from pathlib import Path

import click

EXAMPLES = """\b
Examples:
  evenhand cite essay.case.yaml#c3
  evenhand cite examples/everyday/union.case.yaml#average-shorter --json
"""


@click.command("cite", epilog=EXAMPLES)
@click.argument("claim", metavar="CASE#CLAIM")
@click.option("--data", multiple=True, type=click.Path(path_type=Path), metavar="FILE.csv", help="Figures of your own.")
@click.option("--new-units", is_flag=True, help="Accept units in --data that the catalogue does not know.")
@click.option("--seed", default=0, show_default=True, help="Seed that the audit was made with.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def command(*, claim: str, data: tuple[Path, ...], new_units: bool, seed: int, as_json: bool) -> None:
    """Cite one finding: APA, BibTeX, and the digests of what it was made from.

    The snapshot names the built-in figures; the finding's digest is over the version, the text, the casefile, all figures
    and the seed, so that another finding cannot have it. Cards and their pictures carry the first 12 digits of both.
    """
    from dataclasses import asdict

    from evenhand.audit import open_case
    from evenhand.audit.provenance import provenance
    from evenhand.cli.claim_named import claim_of, named
    from evenhand.exchange.cite import cite

    wanted = named(claim)
    case, catalog = open_case(wanted.path, data=data, new_units=new_units)
    id_ = claim_of(case, wanted.claim, command="cite")
    found = cite(case, case.claim(id_), provenance(case, catalog, seed=seed, extra_data=data))
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
        return
    hashes = [
        ("finding", found.finding), ("figures", found.figures), ("text", found.text), ("casefile", found.casefile),
        *found.own_data,
    ]  # fmt: skip
    wide = max(len(name) for name, _ in hashes) + 2
    click.echo(f"APA\n{found.apa}\n\nBibTeX\n{found.bibtex}\nSnapshot {found.snapshot}; SHA-256 of")
    for name, digest in hashes:
        click.echo(f"  {name:<{wide}}{digest}")
