"""Argdown's text to tokens, each with its line and column (https://argdown.org, version 1.7)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evenhand.model import BadInputError

FRONT = re.compile(r"===+(.*?)===+", re.DOTALL)
COMMENT = re.compile(r"[ \t]*(?:<!--.*?-->|/\*.*?\*/|//[^\r\n]*)", re.DOTALL)
OPENED = re.compile(r"[ \t]*(?:<!--|/\*)")
EMPTY = re.compile(r"(?:[ \t]*(?:\r\n|\n|\r)){2,}[ \t]*(?=\S|$)?")
NEWLINE = re.compile(r"[ \t]*(?:\r\n|\n|\r)")
DATA = re.compile(r"\{((?!\}\s[^,}])(?:.|\n))*\}(?!\s*[,}])")
AT_LINE_START = (
    ("inference", re.compile(r"([ \t]*)--(-*)")),
    ("relation", re.compile(r"([ \t]*)(\+>|->|<\+|<-|><|_>|<_|\+|-|_(?=\s))")),
    ("heading", re.compile(r"(#+) ")),
    ("number", re.compile(r"[ \t]*\((\d+)\)")),
    ("item", re.compile(r"([ \t]*)(?:\d+\.|\*)(?=\s)")),
)
INLINE = (
    ("link", re.compile(r"\[([^\]]+?)\]\(([^)]+?)\)[ \t]?")),
    ("tag", re.compile(r"#(?:\(([^)]+)\)|([a-zA-Z0-9\u00A0-\uD7FF\uF900-\uFDCF\uFDF0-\uFFEF-]+))[ \t]?")),
    ("mention", re.compile(r"@(?:\[(.+?)\]|<(.+?)>)[ \t]?")),
    ("statement:", re.compile(r"\[(.+?)\]:")),
    ("statement", re.compile(r"\[([^-\s].*?)\]")),
    ("argument:", re.compile(r"<(.+?)>:")),
    ("argument", re.compile(r"<([^-\s].*?)>")),
    ("escaped", re.compile(r"\\(.)")),
    ("text", re.compile(r"[^\\@#\[\]<{\r\n/]+|.")),
)
RULE = re.compile(r"(.*?)--+[ \t]*(?=[\r\n]|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Token:
    """kind: empty, newline, front, inference, relation, heading, number, item, data, and the kinds of INLINE.

    text: what it says (a title, a sign, a word); indent: how far a relation or list item is indented; extra: the data of
    an inference, or the space behind a mark. line, column: from 1.
    """

    kind: str
    text: str
    line: int
    column: int
    indent: int = 0
    extra: str = ""


class Scanner:
    """Goes through a text once."""

    def __init__(self, text: str, where: str) -> None:
        self.text, self.where = text, where
        self.at, self.line, self.start = 0, 1, 0
        self.last = ""

    def tokens(self) -> Iterator[Token]:
        """All tokens in order. Raises BadInputError with line and column where one is never closed."""
        while self.at < len(self.text):
            token = self._next()
            if token is not None:
                self.last = token.kind
                yield token

    def _next(self) -> Token | None:
        text, at = self.text, self.at
        if (found := COMMENT.match(text, at)) is not None:
            self._skip_comment(found)
            return None
        if OPENED.match(text, at):
            raise self.error("a comment that is never closed", "close it with --> or */")
        if text.startswith("===", at) and self.last in {"", "newline", "empty"}:
            return self._front()
        if (found := EMPTY.match(text, at)) is not None:
            return None if self.last == "empty" and self._move(found) else self._take("empty", found, "")
        if (found := NEWLINE.match(text, at)) is not None:
            return self._take("newline", found, "\n")
        return self._line_start() or self._data() or self._inline()

    def _skip_comment(self, found: re.Match[str]) -> None:
        """A comment on lines of its own takes its line break along, so that it does not end a block."""
        self._move(found)
        if (
            self.last in {"", "newline", "empty"}
            and (more := re.compile(r"[ \t]*(?:\r\n|\n|\r)").match(self.text, self.at))
            and (not re.compile(r"[ \t]*(?:\r\n|\n|\r)").match(self.text, more.end()) or self.last == "empty")
        ):
            self._move(more)

    def _front(self) -> Token:
        found = FRONT.match(self.text, self.at)
        if found is None:
            raise self.error("a front matter that is never closed", "close it with a line ===")
        return self._take("front", found, found[1])

    def _line_start(self) -> Token | None:
        if self.last not in {"", "newline", "empty"}:
            return None
        for kind, pattern in AT_LINE_START:
            found = pattern.match(self.text, self.at)
            if found is None or (kind == "inference" and self.last == "empty"):
                continue
            if kind == "inference":
                return self._inference(found)
            indent = len(found[1]) if kind in {"relation", "item"} else 0
            said = {"relation": 2, "heading": 1, "number": 1}.get(kind, 0)
            return self._take(kind, found, found[said], indent=indent)
        return None

    def _inference(self, start: re.Match[str]) -> Token:
        """``----``, or ``--`` with rules, data and a second ``--``."""
        if start[2]:
            found = re.compile(r"[ \t]*-{2,}[ \t]*").match(self.text, self.at)
            assert found is not None
            return self._take("inference", found, "")
        found = RULE.match(self.text, start.end())
        if found is None or re.search(r"\n[ \t]*\r?\n", found[1]):
            raise self.error("an inference that opens with -- and is never closed", "close it with a second line --")
        said, data = COMMENT.sub("", found[1]), ""
        if (braces := DATA.search(said)) is not None:
            said, data = said[: braces.start()] + said[braces.end() :], braces[0]
        return self._take("inference", found, " ".join(said.split()), extra=data, lead=len(start[1]))

    def _data(self) -> Token | None:
        found = DATA.match(self.text, self.at) if self.text[self.at] == "{" else None
        return self._take("data", found, found[0]) if found is not None else None

    def _inline(self) -> Token:
        for kind, pattern in INLINE:
            found = pattern.match(self.text, self.at)
            if found is not None:
                behind = " " if found[0][-1:] in " \t" else ""
                said = next((group for group in found.groups() if group is not None), found[0])
                return self._take(kind, found, said, extra=behind)
        raise self.error("a character that cannot stand here", "take it out")  # pragma: no cover - "." takes all

    def _take(
        self, kind: str, found: re.Match[str], said: str, *, indent: int = 0, extra: str = "", lead: int | None = None
    ) -> Token:
        whole = found[0]
        lead = len(whole) - len(whole.lstrip(" \t")) if lead is None else lead
        token = Token(kind, said, self.line, self.at - self.start + 1 + lead, indent, extra)
        self._move(found)
        return token

    def _move(self, found: re.Match[str]) -> bool:
        """Behind a match, counting lines."""
        passed = self.text[self.at : found.end()]
        breaks = list(re.finditer(r"\r\n|\n|\r", passed))
        if breaks:
            self.line += len(breaks)
            self.start = self.at + breaks[-1].end()
        self.at = found.end()
        return True

    def error(self, message: str, hint: str) -> BadInputError:
        """What is wrong at this place."""
        return BadInputError(message, hint=hint, where=f"{self.where}:{self.line}:{self.at - self.start + 1}")
