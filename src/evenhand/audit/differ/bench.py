"""Audits a casefile with one thing changed, for real: in a folder of its own, with the files of both casefiles at hand."""

import shutil
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

from evenhand.audit.run import judged
from evenhand.audit.session import open_case
from evenhand.case import Case, RawCase
from evenhand.case.schema import schema_problems
from evenhand.case.tree import Tree
from evenhand.catalog import Catalog
from evenhand.model import BadInputError, Finding

Data = dict[str, Any]
DECLARED = ("choices", "groups", "classes", "sources")


class Bench:
    """Two casefiles as plain data in one folder, ready to be changed and audited again. first, second: their data."""

    def __init__(
        self, folder: Path, first: tuple[RawCase, Case], second: tuple[RawCase, Case], catalog: Catalog, seed: int
    ) -> None:
        self._folder, self._catalog, self._seed = folder, catalog, seed
        self.first = _moved(folder, "first", *first)
        self.second = _moved(folder, "second", *second)

    def findings(self, data: Data, claims: Iterable[str]) -> dict[str, Finding]:
        """The findings of some claims under changed data. Raises BadInputError where the change cannot stand alone."""
        tree = Tree("changed.case.yaml", data, {}, {})
        problems = schema_problems(tree)
        if problems:
            raise BadInputError.of(problems)
        case, catalog = open_case(RawCase(self._folder / "changed.case.yaml", "", tree, ()), catalog=self._catalog)
        wanted = set(claims)
        return judged(replace(case, claims=tuple(c for c in case.claims if c.id in wanted)), catalog, seed=self._seed)[
            0
        ]


def _moved(folder: Path, name: str, raw: RawCase, case: Case) -> Data:
    """The casefile's data with its text and its files copied under one folder; what they are called there is written in."""
    data: Data = deepcopy(raw.data)
    (folder / name).mkdir()
    text = folder / name / "text.txt"
    text.write_bytes(case.document.text.encode())
    data["text"] = {**{k: v for k, v in data["text"].items() if k != "sha256"}, "file": f"{name}/text.txt"}
    for key in ("data", "classes"):
        for i, entry in enumerate(data.get(key) or []):
            if "file" in entry:
                there = f"{name}/{key}-{i}.csv"
                shutil.copyfile(raw.path.parent / entry["file"], folder / there)
                entry["file"] = there
    return data


def claim_in(data: Data, id_: str) -> Data:
    """One of the claims, as plain data."""
    found: Data = next(claim for claim in data["claims"] if claim["id"] == id_)
    return found


def conceded(
    data: Data, other: Data, claims: tuple[str, str], keys: Iterable[tuple[str, ...]], window: Data | None
) -> Data:
    """Data with some keys of a claim as the other has them, and with what the other declares for them.

    claims: the id here and there. window: the other's years, where these are what is taken over.
    """
    out = deepcopy(data)
    mine, theirs = claim_in(out, claims[0]), claim_in(other, claims[1])
    taken: list[Any] = []
    for path in keys:
        holder, source = (mine, theirs) if len(path) == 1 else (mine.setdefault(path[0], {}), theirs.get(path[0], {}))
        value = window if path == ("open", "window") else source.get(path[-1])
        if path == ("open", "standard"):
            value = value or other.get("default_standard")
        if value is None:
            holder.pop(path[-1], None)
        else:
            holder[path[-1]] = deepcopy(value)
            taken.append(value)
    _declare(out, other, taken)
    return out


def conceded_whole(data: Data, other: Data, claims: tuple[str, str], window: Data | None) -> Data:
    """Data with a claim read as the other reads it: all but its id, its quote and its side."""
    keep = ("id", "quote", "prefix", "suffix", "side")
    out = deepcopy(data)
    mine, theirs = claim_in(out, claims[0]), deepcopy(claim_in(other, claims[1]))
    kept = {key: mine[key] for key in keep if key in mine}
    mine.clear()
    mine |= {**{k: v for k, v in theirs.items() if k not in keep}, **kept}
    if window is not None and "open" in mine:
        mine["open"]["window"] = window
        mine["open"].setdefault("standard", other.get("default_standard") or "change")
    _declare(out, other, [mine])
    return out


def conceded_entry(data: Data, other: Data, key: str, id_: str) -> Data:
    """Data with one declared entry, or a whole list, as the other has it."""
    out = deepcopy(data)
    if not id_:
        out.pop(key, None)
        if key in other:
            out[key] = deepcopy(other[key])
        return out
    entry = next(one for one in other[key] if one["id"] == id_)
    out[key] = [deepcopy(entry) if one["id"] == id_ else one for one in out[key]]
    _declare(out, other, [entry])
    return out


def named_by(data: Data, claim: str) -> set[str]:
    """The ids of all declared entries that a claim rests on, by id or name, directly or by way of another."""
    words, found = set(_words(claim_in(data, claim))), set[str]()
    while True:
        more = {
            entry["id"]: entry
            for key in DECLARED
            for entry in data.get(key) or []
            if entry["id"] not in found and words & {entry["id"], entry.get("name", entry["id"])}
        }
        if not more:
            return found
        found |= more.keys()
        words |= set(_words(list(more.values())))


def _declare(data: Data, other: Data, taken: list[Any]) -> None:
    """What the taken values name, and only the other declares, is declared here, too; and what that names."""
    words = set(_words(taken))
    for key in DECLARED:
        known = {one["id"] for one in data.get(key) or []}
        for entry in other.get(key) or []:
            if entry["id"] not in known and words & {entry["id"], entry.get("name", entry["id"])}:
                data.setdefault(key, []).append(deepcopy(entry))
                _declare(data, other, [entry])


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _words(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _words(one)
