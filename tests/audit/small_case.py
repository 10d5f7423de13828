"""A small case with figures of its own: twelve invented towns, two measures, a text, and a casefile as a dictionary."""

import json
import random
import re
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from small_reference import catalogue

from evenhand.audit import Audit, audit, open_case
from evenhand.report import to_json

TOWNS = (
    "Alderton", "Birchley", "Cedarby", "Dogwater", "Elmstow", "Firholt", "Gorsedale", "Hazelmoor", "Ivywick", "Junipercot",
    "Kelmscar", "Larchend",
)  # fmt: skip
YEARS = range(1996, 2025)
TEXT = """\
Trains and towns

In Alderton the delays fell. They fell by more than elsewhere, and by more than in Birchley. The riverside towns cut
theirs, too. In 2020 Alderton had shorter delays than Birchley. From 60 to 45 is a quarter less. Riders rose. The
coach was better in spirit. There never was a Great Hunger in the north.
"""
MEASURES = [
    {"id": "delay", "name": "Delay of the mean train", "concept": "delay", "domain": "transit", "unit": "minutes",
     "better": "lower", "because": "nobody asks to wait", "scale": "ratio"},
    {"id": "riders", "name": "Riders", "concept": "riders", "domain": "transit", "unit": "per day", "better": "higher",
     "because": "more are carried", "scale": "ratio"},
]  # fmt: skip
Row = dict[str, Any]


def figures(seed: int = 5) -> list[Row]:
    """Every town's delay and riders, year by year, with bounds: falling and rising by turns, rounded to one digit."""
    draw = random.Random(seed)
    rows: list[Row] = []
    for measure, base, step in (("delay", 60.0, -0.9), ("riders", 900.0, 11.0)):
        for town in TOWNS:
            value, slope = base + draw.uniform(-10, 10), step * draw.uniform(-0.2, 2.0)
            for year in YEARS:
                value += slope + draw.uniform(-0.8, 0.8)
                told = round(value, 1)
                rows.append({"unit": town, "measure": measure, "year": year, "value": told,
                             "low": round(told - 0.5, 1), "high": round(told + 0.5, 1), "source": "timetable"})  # fmt: skip
    return rows


def csv_of(rows: Iterable[Row]) -> str:
    """Rows as a CSV with the columns of the first one."""
    rows = list(rows)
    lines = [",".join(rows[0])]
    return "\n".join([*lines, *(",".join("" if v is None else str(v) for v in row.values()) for row in rows)]) + "\n"


def comparison(id_: str = "more", quote: str = "by more than elsewhere", **changes: Any) -> Row:
    """A claim that compares Alderton with all others; ``changes`` go into ``open``, an ``against`` of None is left out."""
    opened = {
        "subject": {"unit": "Alderton"}, "against": {"peers": "all"}, "measure": "delay",
        "form": {"name": "more", "direction": "down"}, "window": {"start": 2005, "end": 2019}, **changes,
    }  # fmt: skip
    if opened["against"] is None:
        del opened["against"]
    return {"id": id_, "kind": "comparison", "quote": quote, "reads": "We read it so.", "side": "river", "open": opened}


PAIR = comparison("pair", "by more than in Birchley", against={"unit": "Birchley"})
FELL = comparison("fell", "the delays fell", against=None, form={"name": "fell", "direction": "down"})
GROUP = comparison(
    "group", "The riverside towns cut\ntheirs, too", subject={"group": "riverside"}, against={"group": "hillside"}
)
LEVEL = comparison(
    "level", "In 2020 Alderton had shorter delays than Birchley", against={"unit": "Birchley"}, standard="level",
    window={"start": 2020, "end": 2020},
)  # fmt: skip
SUM = {"id": "sum", "kind": "quantity", "quote": "From 60 to 45 is a quarter less", "side": "river",
       "arithmetic": {"expression": "(60 - 45) / 60", "stated": "a quarter"}}  # fmt: skip
VALUE = {"id": "value", "kind": "value", "quote": "was better in spirit", "side": "hill"}


def case(*claims: Row, **changes: Any) -> Row:
    """The casefile of these claims; by default one of each kind that the towns can answer."""
    return deepcopy({
        "version": 1,
        "text": {"file": "essay.txt", "title": "Trains and towns", "author": "A. Writer"},
        "window": {"start": 2005, "end": 2019},
        "default_standard": "change",
        "sides": [{"id": "river", "name": "The river", "units": ["Alderton", "Cedarby"]},
                  {"id": "hill", "name": "The hill", "units": ["Birchley"]}],
        "data": [{"file": "own.csv", "source": "timetable", "new_units": True, "measures": MEASURES}],
        "groups": [
            {"id": "riverside", "name": "Riverside towns", "members": members("ACEGI", disputed="K")},
            {"id": "hillside", "name": "Hillside towns", "members": members("BDFHJ")},
        ],
        "sources": [{"id": "timetable", "citation": "The timetable (2025)", "publisher": "Rail Board", "kind": "official",
                     "licence": "CC0", "url": "https://example.org/timetable"}],
        "choices": [],
        "claims": list(claims) or [FELL, comparison(), PAIR, GROUP, LEVEL, SUM, VALUE],
        **changes,
    })  # fmt: skip


def members(initials: str, disputed: str = "") -> list[Row]:
    """Towns by their first letters."""
    named = {town[0]: town for town in TOWNS}
    core = [{"unit": named[letter], "status": "core"} for letter in initials]
    return core + [{"unit": named[letter], "status": "disputed", "because": "half of it"} for letter in disputed]


def write_case(
    folder: Path,
    content: Row | str | None = None,
    *,
    text: str = TEXT,
    rows: Iterable[Row] | None = None,
    name: str = "essay",
) -> Path:
    """Writes the text, the figures and the casefile (JSON is YAML, too) into a folder; gives the casefile."""
    folder.mkdir(parents=True, exist_ok=True)
    content = case() if content is None else content
    (folder / "own.csv").write_text(csv_of(figures() if rows is None else rows), encoding="utf-8")
    file = content["text"]["file"] if isinstance(content, dict) else f"{name}.txt"
    (folder / file).write_text(text, encoding="utf-8")
    path = folder / f"{name}.case.yaml"
    path.write_text(
        content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    return path


def audited(folder: Path, content: Row | None = None, **written: Any) -> Audit:
    """The audit of a small case, by a catalogue that holds none of its towns."""
    return audit(*open_case(write_case(folder, content, **written), catalog=catalogue(folder)))


def findings(found: Audit) -> dict[str, Any]:
    """The findings by claim, as the JSON gives them."""
    return {claim["id"]: claim["finding"] for claim in to_json(found)["claims"]}


def renamed(names: Mapping[str, str]) -> Callable[[Any], Any]:
    """Gives everybody another's name, in texts and in all that holds texts; ids are the names in small letters."""
    pairs = {**names, **{a.lower(): b.lower() for a, b in names.items()}}
    pattern = re.compile("|".join(pairs))

    def told(value: Any) -> Any:
        if isinstance(value, str):
            return pattern.sub(lambda found: pairs[found.group()], value)
        if isinstance(value, dict):
            return {told(key): told(item) for key, item in value.items()}
        return [told(item) for item in value] if isinstance(value, list) else value

    return told
