"""``evenhand schema``: the shape of a casefile, and of the findings, for editors and programs."""

import json

import click

EXAMPLES = """\b
Examples:
  evenhand schema > evenhand.schema.json
  evenhand schema findings
In an editor that reads modelines, the first line of a casefile can then be:
  # yaml-language-server: $schema=evenhand.schema.json
"""


@click.command("schema", epilog=EXAMPLES)
@click.argument("what", type=click.Choice(["case", "findings"]), default="case")
def command(*, what: str) -> None:
    """Print the JSON Schema of casefiles, or of what --json prints."""
    if what == "case":
        from evenhand.case import schema
    else:
        from evenhand.report import json_schema as schema
    click.echo(json.dumps(schema(), ensure_ascii=False, indent=1))
