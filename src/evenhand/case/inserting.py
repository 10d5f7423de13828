"""Puts new entries into a casefile's source, and leaves every byte that stands there as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evenhand.case.raw import RawCase, extended, parse_text, write_entries
from evenhand.model import BadInputError


@dataclass(frozen=True, slots=True)
class Entry:
    """A new entry of a list. after: how many of the entries that stand there come before it; above: lines of comment."""

    data: Mapping[str, Any]
    after: int
    above: tuple[str, ...] = ()


@dataclass(slots=True)
class Insertion:
    """What is to be put into a casefile, gathered before anything is written."""

    raw: RawCase
    at: list[tuple[int, int, str]]
    """(line, counted from 0; place among those of one line; text) of each insertion."""

    @classmethod
    def of(cls, raw: RawCase) -> "Insertion":
        if raw.tree.problems:
            raise BadInputError.of(raw.tree.problems)
        return cls(raw, [])

    def entries(self, key: str, new: Sequence[Entry]) -> None:
        """New entries of a list, each at its place; a list that is not there yet is made at the end of the file."""
        if not new:
            return
        standing = self.raw.data.get(key)
        if not standing:
            if key in self.raw.data:  # written as []
                self.raw = extended(self.raw, key, [])
            self._put(self._last(), f"{key}:\n" + "".join(_written(entry, 0) for entry in new))
            return
        for entry in new:
            indent = self._indent(key, 0)
            line = self.raw.tree.keys[key,][0] if entry.after == 0 else self._end(key, entry.after - 1)
            self._put(line, _written(entry, indent))

    def above(self, key: str, i: int, lines: Sequence[str]) -> None:
        """Lines of comment above an entry that stands."""
        indent = self._indent(key, i)
        self._put(self._start(key, i), "".join(f"{' ' * indent}# {line}\n" for line in lines))

    def at_the_end(self, text: str) -> None:
        self._put(self._last(), text)

    def done(self) -> RawCase:
        """The casefile with all of it."""
        if not self.at:
            return self.raw
        lines = self._lines()
        if lines and not lines[-1].endswith("\n"):
            lines[-1] += "\n"
        for line, _, text in sorted(self.at, reverse=True):
            lines.insert(line, text)
        source = "".join(lines)
        return parse_text(source.replace("\n", "\r\n") if "\r\n" in self.raw.source else source, self.raw.path)

    def _put(self, line: int, text: str) -> None:
        self.at.append((line, len(self.at), text))

    def _lines(self) -> list[str]:
        return self.raw.source.replace("\r\n", "\n").splitlines(keepends=True)

    def _start(self, key: str, i: int) -> int:
        """The line with the dash of an entry, counted from 0. Raises ValueError where the list is written between brackets."""
        lines = self._lines()
        line, column = self.raw.tree.values[key, i]
        before = lines[line - 1][: column - 1]
        while not before.strip() and line > 1:  # the dash stands on a line of its own
            line -= 1
            before = lines[line - 1].split("#")[0]
        if before.strip() != "-":
            raise ValueError(key)
        return line - 1

    def _indent(self, key: str, i: int) -> int:
        line = self._lines()[self._start(key, i)]
        return len(line) - len(line.lstrip(" "))

    def _end(self, key: str, i: int) -> int:
        """Behind the last line of an entry; comments above the next one are not its own."""
        lines, tree = self._lines(), self.raw.tree
        if (key, i + 1) in tree.values:
            stop = self._start(key, i + 1)
        else:
            own = tree.keys[key,][0]
            later = [place[0] - 1 for path, place in tree.keys.items() if len(path) == 1 and place[0] > own]
            stop = min(later, default=self._last())
        indent = self._indent(key, i)
        while stop and _apart(lines[stop - 1], indent):
            stop -= 1
        return stop

    def _last(self) -> int:
        """Behind the last line; before the mark that ends a document."""
        lines = self._lines()
        return next((i for i, line in enumerate(lines) if line.rstrip() == "..."), len(lines))


def _apart(line: str, indent: int) -> bool:
    """Is a line empty, or a comment that is no part of an entry?"""
    words = line.lstrip(" ")
    return not words.strip() or (words.startswith("#") and len(line) - len(words) <= indent)


def _written(entry: Entry, indent: int) -> str:
    lines = [f"# {' '.join(line.split())}" for line in entry.above] + write_entries([entry.data]).splitlines()
    return "".join(f"{' ' * indent}{line}\n" for line in lines)


def with_words(raw: RawCase, path: tuple[str | int, ...], old: str, new: str) -> RawCase:
    """The same casefile with one word that stands at a path replaced, and every other byte as it is."""
    line, column = raw.tree.values[path]
    lines = raw.source.splitlines(keepends=True)
    here = lines[line - 1]
    lines[line - 1] = here[: column - 1] + here[column - 1 :].replace(old, new, 1)
    return parse_text("".join(lines), raw.path)
