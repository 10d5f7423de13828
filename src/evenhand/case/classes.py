"""Classes of the case's own: attempts, spells, anything that began and may have ended or come out in some way."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any, Literal

from evenhand.case.names import numbered
from evenhand.case.tree import Path, Tree
from evenhand.model import BadInputError, Problem
from evenhand.text import decode, read_bytes

Says = Literal[
    "never", "always", "rarely", "mostly", "sometimes", "about", "at-most", "at-least", "more-often", "less-often",
    "under", "over", "shorter", "longer",
]  # fmt: skip
AGAINST_ANOTHER = ("more-often", "less-often", "shorter", "longer")
NEEDS = {"about": "share", "at-most": "share", "at-least": "share", "under": "years", "over": "years"} | dict.fromkeys(
    AGAINST_ANOTHER, "against"
)
BELONGS = {
    "share": ("about", "at-most", "at-least", "rarely"),
    "years": ("under", "over"),
    "against": AGAINST_ANOTHER,
    "who": ("under", "over"),
}
COLUMNS = ("name", "start", "end", "success", "goes_on", "status", "because", "source")
NEEDED = ("name", "start")
DATE = re.compile(r"-?\d{1,4}(-\d\d(-\d\d)?)?")
YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": None}


@dataclass(frozen=True, slots=True)
class ClassEntry:
    """One member. start, end: ISO dates as exact as given. succeeded: None where it is undecided or not said."""

    name: str
    start: str
    end: str = ""
    succeeded: bool | None = None
    goes_on: bool = False
    status: Literal["core", "disputed"] = "core"
    because: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class CaseClass:
    """A class of the case's own. success: what counts as one; opens, closes: from when to when its list looked."""

    id: str
    name: str
    members: tuple[ClassEntry, ...]
    success: str = ""
    definition: str = ""
    opens: int | None = None
    closes: int | None = None


def case_class(data: Any, folder: FilePath) -> CaseClass:
    """A class as the casefile gives it; its file is read again, after the checks have passed."""
    members = [_entry(entry) for entry in data.get("members", ())]
    if "file" in data:
        members += [_of_row(row) for _, row in rows_of(folder / data["file"])]
    given = {key: data[key] for key in ("success", "definition", "opens", "closes") if key in data}
    return CaseClass(data["id"], data.get("name", data["id"]), tuple(members), **given)


def _entry(data: Any) -> ClassEntry:
    plain = {key: data[key] for key in ("name", "succeeded", "goes_on", "status", "because", "source") if key in data}
    return ClassEntry(start=str(data["from"]), end=str(data.get("to", "")), **plain)


def _of_row(row: dict[str, str]) -> ClassEntry:
    return ClassEntry(
        row["name"], row["start"], row.get("end", ""), YES[row.get("success", "").casefold()],
        bool(YES[row.get("goes_on", "").casefold()]), "disputed" if row.get("status") == "disputed" else "core",
        row.get("because", ""), row.get("source", ""),
    )  # fmt: skip


def rows_of(path: FilePath) -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV of members with their line numbers. Raises BadInputError with every problem at once."""
    reader = csv.DictReader(io.StringIO(decode(read_bytes(path), str(path)), newline=""))
    header = [name.strip() for name in reader.fieldnames or ()]
    reader.fieldnames = header
    missing, unknown = [n for n in NEEDED if n not in header], [n for n in header if n not in COLUMNS]
    if missing or unknown or len(set(header)) < len(header):
        said = (
            f"has no column {' and no column '.join(missing)}"
            if missing
            else f"has a column {unknown or header} too many"
        )
        raise BadInputError(f"this list of a class {said}", hint=f"columns: {', '.join(COLUMNS)}", where=f"{path}:1")
    rows = [(reader.line_num, {k: (v or "").strip() for k, v in row.items() if isinstance(k, str)}) for row in reader]
    problems = [p for line, row in rows for p in _faults(f"{path}:{line}", row)]
    if not rows:
        problems.append(Problem(str(path), "this list of a class has no rows", "write one for each member"))
    if problems:
        raise BadInputError.of(problems)
    return rows


def _faults(where: str, row: dict[str, str]) -> Iterator[Problem]:
    if not row["name"]:
        yield Problem(where, "a member without a name", "name it")
    for column in ("start", "end"):
        if not DATE.fullmatch(row.get(column, "")) and (row.get(column) or column == "start"):
            yield Problem(where, f"{column} ‘{row.get(column, '')}’ is no date", "write 1923, 1923-05 or 1923-05-09")
    for column in ("success", "goes_on"):
        if row.get(column, "").casefold() not in YES:
            yield Problem(
                where, f"{column} ‘{row[column]}’ is neither yes nor no", "yes, no, or nothing where undecided"
            )
    if row.get("status", "") not in {"", "core", "disputed"}:
        yield Problem(where, f"status ‘{row['status']}’ is not allowed", "core or disputed")
    if _before(row.get("end", ""), row["start"]):
        yield Problem(where, f"it ends in {row['end']}, before it starts in {row['start']}", "turn them round")


def _before(end: str, start: str) -> bool:
    """Is the end surely before the start? Dates of different exactness are compared as far as both go."""
    if not DATE.fullmatch(end) or not DATE.fullmatch(start) or "-" in (end[0], start[0]):
        return False
    first, last = start.split("-"), end.split("-")
    both = min(len(first), len(last))
    return [int(p) for p in last[:both]] < [int(p) for p in first[:both]]


def class_problems(tree: Tree, data: Any, folder: FilePath) -> Iterator[Problem]:
    """What the schema cannot say of classes and of claims about them."""
    from evenhand.case.checks import carried, inside  # noqa: PLC0415 (it calls this)

    for i, entry in numbered(data, "classes"):
        path: Path = ("classes", i)
        if not entry.get("members") and not entry.get("file"):
            yield tree.problem(path, "a class without members", "add members: [...] or file: with a CSV of them")
        for j, one in numbered(entry, "members"):
            if _before(str(one.get("to", "")), str(one.get("from", ""))):
                yield tree.problem((*path, "members", j, "to"), "it ends before it starts", "turn from and to round")
        file = entry.get("file")
        if isinstance(file, str) and file:
            try:
                rows_of(inside(folder, file))
            except BadInputError as error:
                yield from carried(tree, (*path, "file"), error, f"class {file!r}: ")
    for i, claim in numbered(data, "claims"):
        if isinstance(claim.get("class"), dict):
            yield from _claim(tree, ("claims", i, "class"), claim["class"])


def _claim(tree: Tree, path: Path, given: dict[str, Any]) -> Iterator[Problem]:
    says = given.get("says")
    needed = NEEDS.get(says) if isinstance(says, str) else None
    if needed and given.get(needed) is None:
        yield tree.problem((*path, "says"), f"{says} needs {needed}", f"add {needed}: ...")
    for key, ways in BELONGS.items():
        if given.get(key) is not None and says not in ways:
            yield tree.problem((*path, key), f"{key} does not belong to {says or 'a class without says'}",
                               f"allowed with: {', '.join(ways)}", key=True)  # fmt: skip
    if given.get("measure") is not None and not (given.get("from") and given.get("to") and given.get("moved")):
        yield tree.problem(
            (*path, "measure"), "measure needs from, to and moved", "add from: ..., to: ..., moved: rose or fell"
        )
    if given.get("moved") is not None and given.get("measure") is None:
        yield tree.problem((*path, "moved"), "moved needs a measure", "add measure: ...", key=True)
    if given.get("against") is not None and given.get("against") == given.get("group"):
        yield tree.problem((*path, "against"), "the class is compared with itself", "name another class")
