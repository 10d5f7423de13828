"""A casefile as written: read before it is bound, edited without losing a comment, saved whole or not at all."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import pairwise
from pathlib import Path as FilePath
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from evenhand.case import build
from evenhand.case.checks import inside
from evenhand.case.names import entries
from evenhand.case.own import CaseGroup, CaseSource, DataFile
from evenhand.case.schema import allows, schema_problems
from evenhand.case.tree import Path, Tree, read_tree
from evenhand.files import write_text
from evenhand.model import BadInputError, Problem
from evenhand.text import decode, read_bytes

WIDEST = 4096
LIST = re.compile(r"^( *)[^\s#-][^\n]*:[ \t]*(?:#[^\n]*)?\n(?:[ \t]*(?:#[^\n]*)?\n)*( *)- ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RawCase:
    """A casefile that is YAML, not yet bound to a vocabulary.

    source: its text, comments and all. data: its plain data. problems: what its syntax and schema do not allow;
    ``bind`` reports them with all others.
    """

    path: FilePath
    source: str
    tree: Tree
    problems: tuple[Problem, ...]

    @property
    def data(self) -> Any:
        """The plain data: dicts, lists, texts, numbers."""
        return self.tree.data

    @property
    def files(self) -> tuple[DataFile, ...]:
        """The case's own CSV files, as far as they are well described and lie in its folder."""
        folder = self.path.parent
        return tuple(build.data_file(entry, folder) for entry in self._allowed("data") if _is_inside(folder, entry))

    @property
    def groups(self) -> tuple[CaseGroup, ...]:
        """The case's own groups, as far as they are well described; units as written."""
        return tuple(map(build.group, self._allowed("groups")))

    @property
    def sources(self) -> tuple[CaseSource, ...]:
        """The case's own sources, as far as they are well described."""
        return tuple(map(build.source, self._allowed("sources")))

    def _allowed(self, key: str) -> list[dict[str, Any]]:
        """The entries of a list that the schema allows; ``bind`` says what is wrong with the others."""
        definition = key.removesuffix("s")
        return [entry for entry in entries(self.data, key) if allows(definition, entry)]

    def set(self, path: Path, value: Any) -> "RawCase":
        """The same casefile with one value set; comments and order stay. A path that does not exist yet is made."""
        return edited(self, path, value)


def _is_inside(folder: FilePath, entry: dict[str, Any]) -> bool:
    try:
        return inside(folder, entry["file"]).is_file()
    except BadInputError:
        return False


def parse(path: str | FilePath) -> RawCase:
    """What does a casefile hold? Raises BadInputError where it cannot be read as YAML at all."""
    path = FilePath(path)
    return parse_text(decode(read_bytes(path), str(path)), path)


def parse_text(source: str, path: str | FilePath) -> RawCase:
    """The same for a casefile that is not (or not yet) on disk; path: where it is or will be."""
    path = FilePath(path)
    tree = read_tree(source, str(path))
    known = {problem.where for problem in tree.problems}
    more = [problem for problem in schema_problems(tree) if problem.where not in known]
    return RawCase(path, source, tree, (*tree.problems, *more))


def draft(data: Mapping[str, Any], path: str | FilePath) -> RawCase:
    """A new casefile from plain data, in the order given."""
    return parse_text(write_draft(data), path)


def write_draft(data: Mapping[str, Any]) -> str:
    """The YAML of a new casefile from plain data, in the order given."""
    return _dumped(_plain(data), YAML())


def write_entries(entries: Sequence[Mapping[str, Any]]) -> str:
    """The YAML of some entries of a list."""
    return _dumped(_plain(entries), YAML())


def entries_of(raw: RawCase, key: str) -> list[dict[str, Any]]:
    """The entries of one of the casefile's lists, as they stand."""
    return entries(raw.data, key)


def edited(raw: RawCase, path: Path, value: Any) -> RawCase:
    """The same casefile with one value set; comments and order stay."""
    if raw.tree.problems:
        raise BadInputError.of(raw.tree.problems)
    source = raw.source.replace("\r\n", "\n")
    yaml = _like(source)
    document = yaml.load(source)
    holder = document
    for key, following in pairwise(path):
        if isinstance(key, str) and key not in holder:
            holder[key] = [] if isinstance(following, int) else {}
        holder = holder[key]
    last = path[-1]
    if isinstance(last, int) and last == len(holder):
        holder.append(_plain(value))
    else:
        holder[last] = _plain(value)
    written = _dumped(document, yaml)
    return parse_text(written.replace("\n", "\r\n") if source != raw.source else written, raw.path)


def extended(raw: RawCase, key: str, values: Sequence[Any]) -> RawCase:
    """The same casefile with entries added at the end of one of its lists, in one go; comments and order stay."""
    if raw.tree.problems:
        raise BadInputError.of(raw.tree.problems)
    source = raw.source.replace("\r\n", "\n")
    yaml = _like(source)
    document = yaml.load(source)
    if not document.get(key):
        document[key] = []
    document[key].extend(_plain(value) for value in values)
    written = _dumped(document, yaml)
    return parse_text(written.replace("\n", "\r\n") if source != raw.source else written, raw.path)


def _like(source: str) -> YAML:
    """A reader and writer that indents lists as the source does, and keeps its quotes."""
    found = LIST.search(source)
    offset = max(0, len(found[2]) - len(found[1])) if found else 0
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.indent(mapping=2, sequence=offset + 2, offset=offset)
    return yaml


def _plain(value: Any) -> Any:
    """Plain data that shares nothing with the caller's."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, str) and (not value.isprintable() or value != value.strip()):
        return DoubleQuotedScalarString(value)
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _dumped(document: Any, yaml: YAML) -> str:
    yaml.width = WIDEST
    yaml.allow_unicode = True
    out = StringIO()
    yaml.dump(document, out)
    return out.getvalue()


def save(raw: RawCase, path: str | FilePath | None = None) -> FilePath:
    """Writes a casefile, whole or not at all; to its own path where none is given.

    Raises BadInputError where it cannot be written.
    """
    target = FilePath(path or raw.path)
    write_text(
        raw.source,
        target,
        cannot="the casefile cannot be written; nothing was changed",
        hint="check the folder and its permissions",
    )
    return target.resolve() if target.is_symlink() else target
