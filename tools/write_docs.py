"""Writes what the documentation need not say twice.

    python tools/write_docs.py [--check]

The keys of casefiles in ``docs/casefile.md`` come from the JSON Schema, their examples from ``docs/every-key``, the ids
of standing choices from the code that makes them; the commands in ``docs/commands.md`` from the command line itself;
the tables of verdicts and of selectivity in ``docs/methods.md`` from ``benchmarks/RESULTS.md``, where there is one; the
rules in ``docs/drafting-rules.md`` from the languages' files. ``--check`` writes nothing and exits with 1 where
something is stale.
"""

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from ruamel.yaml import YAML

from ask_grammar import grammar_lines, lack_lines, reason_lines
from command_reference import command_lines
from evenhand.audit import choices as standing
from evenhand.case import Against, CaseMeasure, CaseTie, Claim, DataFile, Link, Member, Peers, schema
from evenhand.case.checks import UNUSED_CHOICES
from evenhand.compare import STANDARDS, Window, membership_options
from evenhand.model import Form
from markdown_tables import cells, table
from python_reference import python_lines
from rules_reference import rules_lines

ROOT = Path(__file__).resolve().parent.parent
DOCS, RESULTS = ROOT / "docs", ROOT / "benchmarks" / "RESULTS.md"
EVERY_KEY = DOCS / "every-key" / "letter.case.yaml"
END = "<!-- end -->"
NO_RESULTS = "`python -m benchmarks.verdicts` prints the table."
WHOLE, OPTION_VALUE = "file", "choices[].options[].value"
SCHEMA = schema()
DEFS: dict[str, Any] = SCHEMA["$defs"]
TYPES = {
    "string": "a text", "integer": "a whole number", "number": "a number", "boolean": "`true` or `false`",
    "array": "a list", "object": "a mapping", "null": "`null`",
}  # fmt: skip
IN_WORDS = {"id": "an [id](#ids-and-names)", "name": "a [name](#ids-and-names)"}
DEFAULTS: dict[str, Any] = {
    "claim": Claim, "measure": CaseMeasure, "member": Member, "tie": CaseTie, "form": Form, "data": DataFile, "link": Link,
}  # fmt: skip
VALUES = {
    "measure": "infant-mortality", "window": "{start: 1955, end: 1985}", "peers": "{group: soviet-type}",
    "standard": "growth", "scale": "log", "tolerance": "3", "membership": "{group: soviet-type, with: none}",
    "values": "against", "aggregate": "mean", "pool": "not-alike", "sources": "maddison-2020", "stitching": "today",
}  # fmt: skip
OTHER_VALUES = {
    "sources": "`preferred`, the id of a source (that one alone), `first:` and its id (that one where it speaks), or "
    "`without:` and the ids of those that are not believed",
    "stitching": "`as-it-was` or `today`", "attribution": "any value",
}  # fmt: skip
PLAIN = re.compile(r"[A-Za-z]([\w .'’()/-]*[\w.)])?")
LONGEST = 60
EXAMPLE_YEARS = Window(1955, 1955, 1985)


@dataclass(frozen=True, slots=True)
class Section:
    """One mapping of the casefile. under: where it stands, as ``claims[].open``."""

    name: str
    part: dict[str, Any]
    under: list[str]


@dataclass(frozen=True, slots=True)
class Reference:
    """The schema's mappings in the order in which a reader meets them, and an example of each of their keys."""

    sections: dict[str, Section]
    examples: dict[tuple[str, str], Any]


# The casefile


def resolved(part: dict[str, Any]) -> dict[str, Any]:
    """A part of the schema with its reference followed; what stands beside the reference goes before it."""
    while "$ref" in part:
        part = DEFS[_referred(part)] | {key: value for key, value in part.items() if key != "$ref"}
    return part


def _referred(part: dict[str, Any]) -> str:
    return str(part.get("$ref", "")).rpartition("/")[2]


def mapping_of(part: dict[str, Any]) -> tuple[str, dict[str, Any]] | None:
    """The mapping that a key holds, itself or as the entries of a list, with its name; None where it holds none."""
    whole = resolved(part)
    if "properties" in whole and "title" in whole:
        return _referred(part) or str(whole["title"]).lower().replace(" ", "-"), whole
    inner = [whole.get("items", {}), *(branch["then"] for branch in whole.get("allOf", ()))]
    return next((found for one in inner if one and (found := mapping_of(one)) is not None), None)


def reference() -> Reference:
    """Every mapping of a casefile, once, and an example of every key from the casefile that uses them all."""
    found: dict[str, Section] = {}
    _visit(WHOLE, SCHEMA, "", found)
    data, values = YAML(typ="safe").load(EVERY_KEY), values_of_options()
    inside = {kind: inner for kind, value in values.items() if (inner := mapping_of(value)) is not None}
    for inner in inside.values():
        _visit(*inner, OPTION_VALUE, found)
    examples: dict[tuple[str, str], Any] = {}
    _collect(WHOLE, data, found, examples)
    for choice in data["choices"]:
        for option in choice["options"] if choice["kind"] in inside else []:
            _collect(inside[choice["kind"]][0], option["value"], found, examples)
    return Reference(found, examples)


def _visit(name: str, part: dict[str, Any], path: str, found: dict[str, Section]) -> None:
    """Notes a mapping and then those inside it, in the order of the schema."""
    known = name in found
    section = found.setdefault(name, Section(name, DEFS.get(name, part), []))
    section.under.extend([path] if path else [])
    for key, below in {} if known else section.part["properties"].items():
        inner = mapping_of(below)
        if inner is not None:
            many = "[]" if resolved(below).get("type") == "array" else ""
            _visit(*inner, f"{path}.{key}{many}".removeprefix("."), found)


def values_of_options() -> dict[str, dict[str, Any]]:
    """What the value of an option is, by the kind of its choice."""
    known = {}
    for branch in DEFS["choice"]["allOf"]:
        items = branch["then"]["properties"]["options"]["items"]
        known[branch["if"]["properties"]["kind"]["const"]] = items["properties"]["value"]
    return known


def _collect(name: str, data: Any, found: dict[str, Section], examples: dict[tuple[str, str], Any]) -> None:
    """Notes the first example of each key, all the way down."""
    for key, value in data.items():
        examples.setdefault((name, key), value)
        inner = mapping_of(found[name].part["properties"][key])
        if inner is not None:
            for entry in value if isinstance(value, list) else [value]:
                _collect(inner[0], entry, found, examples)


def allowed(part: dict[str, Any]) -> str:
    """What may stand under a key, in words."""
    if _referred(part) in IN_WORDS:
        return IN_WORDS[_referred(part)]
    part, inner = resolved(part), mapping_of(part)
    if "properties" in part:
        article = "an" if inner and inner[0][0] in "aeiou" else "a"
        return f"{article} [{inner[0]}](#{inner[0]})" if inner else f"`{{{', '.join(part['properties'])}: …}}`"
    if "const" in part or "enum" in part:
        return _either([f"`{_word(word)}`" for word in part.get("enum", [part.get("const")])])
    if "allOf" in part:
        return "; or ".join(_branch(branch) for branch in part["allOf"])
    if part.get("type") == "array":
        return f"a list, each {allowed(part['items'])}"
    kinds = part.get("type", [])
    words = _either([TYPES[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds)])
    return words + _limits(part) if words else "by the kind of the choice: [the values of options](#values-of-options)"


def _branch(branch: dict[str, Any]) -> str:
    """One of the forms that a value may have, by its type."""
    kind, then = branch["if"]["type"], branch["then"]
    if "enum" in then or "$ref" in then or "properties" in then:
        return allowed(then)
    if "items" in then:
        return f"a list, each {allowed(then['items'])}"
    return str(then["description"]).removeprefix("allowed: ") if kind == "string" else TYPES[kind] + _limits(then)


def _limits(part: dict[str, Any]) -> str:
    low, high = part.get("minimum"), part.get("maximum")
    if low is not None and high is not None:
        return f", {low} to {high}"
    return f", {low} or more" if low is not None else ", over 0" if "exclusiveMinimum" in part else ""


def _either(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else "".join(words)


def _word(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def flow(value: Any) -> str:
    """A value as it stands in a casefile, on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(flow, value))}]"
    if isinstance(value, str):
        return value if PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)
    return json.dumps(value)


def _default(name: str, key: str) -> str:
    """What holds where a key is left out."""
    known = {field.name: field.default for field in fields(DEFAULTS[name])} if name in DEFAULTS else {}
    default = known.get(key, MISSING)
    return f" Without it: `{_word(default)}`." if isinstance(default, str | bool) and default != "" else ""


def _row(section: Section, key: str, examples: dict[tuple[str, str], Any]) -> str:
    part = section.part["properties"][key]
    whole = resolved(part)
    meaning = whole["description"] + _default(section.name, key)
    if "unused" in whole:
        meaning += f" *Accepted and checked for form only: {whole['unused']}.*"
    needed = " (needed)" if key in section.part.get("required", ()) else ""
    value = examples.get((section.name, key))
    shown = flow(value)
    shown = shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"
    example = "" if mapping_of(part) is not None or (section.name, key) not in examples else f"`{shown}`"
    return cells(f"`{key}`{needed}", meaning, allowed(part), example)


def _section_lines(section: Section, known: Reference) -> Iterator[str]:
    yield from ["", f"### {section.name}", ""]
    where = f" Stands at {_either([f'`{path}`' for path in section.under])}." if section.under else ""
    yield section.part["description"] + where
    if section.part.get("maxProperties") == 1:
        yield "Exactly one of these keys."
    yield from ["", *table("key", "meaning", "what may stand there", "example")]
    for key in section.part["properties"]:
        yield _row(section, key, known.examples)


def casefile_lines() -> Iterator[str]:
    """Every key that a casefile can have."""
    known = reference()
    for section in known.sections.values():
        yield from _section_lines(section, known)
    yield from value_lines()


def value_lines() -> Iterator[str]:
    """What an option's value is, by the kind of its choice."""
    yield from ["", "### values of options", "", "What `value` is follows from the `kind` of the choice.", ""]
    yield from table("kind", "value", "example")
    known = values_of_options()
    for kind in DEFS["choice"]["properties"]["kind"]["enum"]:
        late = " *(accepted, not tried yet)*" if kind in UNUSED_CHOICES else ""
        example = f"`{VALUES[kind]}`" if kind in VALUES else ""
        yield cells(f"`{kind}`{late}", allowed(known[kind]) if kind in known else OTHER_VALUES[kind], example)


def standing_lines() -> Iterator[str]:
    """What is tried without being asked for, by the ids that ``exclude`` can name."""
    windows = standing.window_options(EXAMPLE_YEARS, level=False, crisis=1951, years=(1900, 2020))
    core, disputed = np.array([True, False, False]), np.array([False, True, True])
    lists = {
        "window": windows.options,
        "peers": standing.peers_options(Against(peers=Peers("all")), regions=True).options,
        "standard": standing.standard_options("change", named_group=False).options,
        "values": standing.values_options().options,
        "membership": membership_options(core, disputed, ["A", "B", "C"]),
        "aggregate": standing.aggregate_options(weights=True).options,
    }
    yield from table("choice", "id of the option", "what it is called on the page")
    yield cells("`measure`", "the id of the measure, as `infant-mortality`", "the measure's name")
    for kind, options in lists.items():
        yield from (cells(f"`{kind}`", f"`{option.id}`", option.label) for option in options)


# The commands


def verdict_lines(word: str = "verdicts") -> list[str]:
    """A benchmark's section, as ``benchmarks/RESULTS.md`` has it: the one with that word in its heading."""
    if not RESULTS.is_file():
        return [NO_RESULTS]
    text = RESULTS.read_text(encoding="utf-8")
    marked = re.search(rf"<!-- {word} -->\n(.*?){END}", text, re.DOTALL)
    if marked:
        return marked[1].strip().splitlines()
    sections = re.split(r"^(?=#+ )", text, flags=re.MULTILINE)
    found = next((s for s in sections if word in s.partition("\n")[0].lower()), None)
    return found.partition("\n")[2].strip().splitlines() if found else [NO_RESULTS]


# Writing


PARTS: dict[str, dict[str, Callable[[], Iterable[str]]]] = {
    "ask.md": {"lacks": lack_lines, "reasons": reason_lines, "grammar": grammar_lines},
    "casefile.md": {
        "rules": lambda: [", ".join(f"`{name}`" for name in STANDARDS)],
        "standing": standing_lines,
        "reference": casefile_lines,
    },
    "commands.md": {"commands": command_lines},
    "methods.md": {"verdicts": verdict_lines, "selectivity": lambda: verdict_lines("selectivity")},
    "drafting-rules.md": {"rules": rules_lines},
    "python.md": {"python": python_lines},
}


def between(text: str, marker: str, lines: Iterable[str]) -> str:
    """The text, with what stands between a marker and the end marker exchanged."""
    head, found, rest = text.partition(f"<!-- {marker} -->\n")
    _, closed, tail = rest.partition(END)
    if not found or not closed:
        raise SystemExit(f"no place is marked <!-- {marker} --> ... {END}")
    return head + found + "\n".join([*lines, END]) + tail


def wanted() -> dict[Path, str]:
    """Every page that has a generated part, as it should be."""
    pages = {}
    for name, parts in PARTS.items():
        text = (DOCS / name).read_text(encoding="utf-8")
        for marker, lines in parts.items():
            text = between(text, marker, lines())
        pages[DOCS / name] = text
    return pages


def stale() -> list[Path]:
    """The pages that are not as they should be."""
    return [path for path, text in wanted().items() if path.read_text(encoding="utf-8") != text]


def main() -> int:
    """Write the pages, or say which are stale."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 where a page is stale")
    check = parser.parse_args().check
    old = stale()
    for path in old:
        print(f"{path.relative_to(ROOT)} is stale: run python tools/write_docs.py" if check else path.relative_to(ROOT))
    if not check:
        for path, text in wanted().items():
            path.write_text(text, encoding="utf-8")
    return 1 if check and old else 0


if __name__ == "__main__":
    sys.exit(main())
