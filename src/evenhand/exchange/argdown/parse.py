"""Argdown to statements, arguments and relations. Follows the grammar of the Argdown parser, version 1.7."""

import re
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from evenhand.exchange.argdown.parts import ArgdownMap, Ref, Relation, RelationKind, Step
from evenhand.exchange.argdown.tokens import Scanner, Token
from evenhand.model import BadInputError

SIGNS: dict[str, tuple[RelationKind, bool]] = {
    "+>": ("support", True), "->": ("attack", True), "_>": ("undercut", True), "+": ("support", False),
    "<+": ("support", False), "-": ("attack", False), "<-": ("attack", False), "_": ("undercut", False),
    "<_": ("undercut", False), "><": ("contradiction", True),
}  # fmt: skip
"""What a sign says, and whether what stands above it is the source."""
CONTENT = frozenset({"text", "escaped", "link", "tag", "mention", "newline"})
DEEPEST = 200
EMPHASIS = re.compile(r"(?<!\w)(\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1(?!\w)")


@dataclass(slots=True)
class _Wording:
    """What is read of one statement or argument."""

    text: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """The text on one line."""
        return " ".join("".join(self.text).split())


def parse(text: str, where: str) -> ArgdownMap:
    """Reads a whole document. Raises BadInputError with line and column at the first mistake."""
    return _Parser(text, where).document()


class _Parser:
    def __init__(self, text: str, where: str) -> None:
        self.where = where
        self.tokens = list(Scanner(text.removeprefix("\ufeff"), where).tokens())
        self.at = 0
        self.map = ArgdownMap()
        self.untitled = 0
        self.last_argument = ""

    # Looking at tokens

    def kind(self, ahead: int = 0) -> str:
        place = self.at + ahead
        return self.tokens[place].kind if place < len(self.tokens) else "end"

    def take(self) -> Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def error(self, message: str, hint: str, token: Token | None = None) -> BadInputError:
        if token is None:
            token = self.tokens[min(self.at, len(self.tokens) - 1)]
        return BadInputError(message, hint=hint, where=f"{self.where}:{token.line}:{token.column}")

    # Blocks

    def document(self) -> ArgdownMap:
        while self.at < len(self.tokens):
            kind = self.kind()
            if kind in {"empty", "newline"}:
                self.take()
            elif kind == "front":
                self.front()
            elif kind == "heading":
                self.heading()
            elif kind == "number":
                self.steps()
            elif kind == "item":
                self.take()
            elif kind == "relation":
                self.stray_relation()
            elif kind == "inference":
                raise self.error("an inference without premises above it", "write its premises as (1), (2), … first")
            else:
                self.element(0)
        if not (self.map.statements or self.map.arguments):
            raise BadInputError(
                "there is no statement or argument in this file", hint="write [A]: a statement", where=self.where
            )
        return self.map

    def front(self) -> None:
        token = self.take()
        if self.map.front or self.map.statements:
            raise self.error("front matter that does not stand first", "move it to the top", token)
        data = self.yaml(token.text, token)
        self.map.front = data if isinstance(data, dict) else {}

    def heading(self) -> None:
        self.take()
        self.map.headings.append(self.content().words)

    def stray_relation(self) -> None:
        token = self.tokens[self.at]
        message = f"a relation ({token.text}) with nothing above it that it could belong to"
        raise self.error(message, "indent it under a statement or argument, with no empty line between", token)

    # Statements and arguments

    def element(self, depth: int, indent: int = -1) -> Ref:
        """A statement or argument, with its relations."""
        token = self.tokens[self.at]
        if depth > DEEPEST:
            raise self.error("relations nested too deeply", f"allowed: {DEEPEST} levels", token)
        kind = token.kind.rstrip(":")
        titled = kind in {"statement", "argument"}
        defines = token.kind.endswith(":")
        if titled:
            self.take()
        wording = self.content() if defines or not titled else self.after_reference()
        ref = self.register(kind, token, wording, titled=titled, defines=defines)
        self.relations(ref, depth, indent)
        self.expect_end(ref)
        return ref

    def register(self, kind: str, token: Token, wording: _Wording, *, titled: bool, defines: bool) -> Ref:
        place = (token.line, token.column)
        if defines and not wording.words:
            raise self.error(
                f"{self.shown(kind, token.text)} is defined with no text", "write one behind the colon", token
            )
        if kind == "argument":
            self.map.argument(token.text, place).define(wording.words, wording.tags, wording.data)
            self.last_argument = token.text
            return Ref("argument", token.text)
        if not titled and not wording.words:
            raise self.error("nothing stands here", "write a statement", token)
        title = token.text if titled else self.new_title()
        self.map.statement(title, place, named=titled).define(wording.words, wording.tags, wording.data)
        return Ref("statement", title)

    def new_title(self) -> str:
        while True:
            self.untitled += 1
            title = f"Untitled {self.untitled}"
            if title not in self.map.statements:
                return title

    def content(self) -> _Wording:
        """Text with its marks, over line breaks, and the data behind it."""
        wording = _Wording()
        while self.kind() in CONTENT:
            token = self.take()
            if token.kind == "tag":
                wording.tags.append(token.text)
            elif token.kind in {"mention", "link"}:
                wording.text.append(token.text + token.extra)
            elif token.kind == "text":
                wording.text.append(EMPHASIS.sub(r"\2", token.text))
            else:
                wording.text.append(" " if token.kind == "newline" else token.text)
        self.data_into(wording)
        return wording

    def after_reference(self) -> _Wording:
        wording = _Wording()
        while self.kind() == "tag" or (self.kind() == "text" and not self.tokens[self.at].text.strip()):
            token = self.take()
            wording.tags += [token.text] if token.kind == "tag" else []
        if self.kind() == "newline":
            self.take()
        self.data_into(wording)
        return wording

    def data_into(self, wording: _Wording) -> None:
        if self.kind() == "data":
            token = self.take()
            data = self.yaml(token.text, token)
            wording.data = data if isinstance(data, dict) else {}
            if self.kind() == "newline":
                self.take()

    def expect_end(self, ref: Ref) -> None:
        """Behind an element an empty line, a relation, a number or an inference may stand, and nothing else."""
        kind = self.kind()
        if kind in {"statement", "argument", "statement:", "argument:"}:
            token = self.tokens[self.at]
            shown = self.shown(kind.rstrip(":"), token.text)
            hint = f"put an empty line above it, write @{shown} for a mention, or \\{shown[0]} for the sign itself"
            raise self.error(f"{shown} stands in the middle of {self.shown(ref.kind, ref.title)}", hint, token)
        if kind in CONTENT and kind != "newline":
            raise self.error(f"text behind {self.shown(ref.kind, ref.title)}, which is only named here",
                             "put a colon behind the title to define it, or an empty line between")  # fmt: skip
        if kind == "data":
            raise self.error("data that belongs to nothing", "put it right behind a statement or argument")

    def shown(self, kind: str, title: str) -> str:
        return f"<{title}>" if kind == "argument" else f"[{title}]"

    # Relations

    def relations(self, holder: Ref, depth: int, indent: int) -> None:
        """Those that are indented more than what stands above them."""
        level = -1
        while self.kind() == "relation" and self.tokens[self.at].indent > max(indent, 0):
            token = self.tokens[self.at]
            if level >= 0 and token.indent != level:
                raise self.error(
                    "this relation is indented like none above it", f"indent it by {level} spaces, as the others"
                )
            level = token.indent
            self.take()
            self.one_relation(token, holder, depth)

    def one_relation(self, token: Token, holder: Ref, depth: int) -> None:
        while self.kind() == "text" and not self.tokens[self.at].text.strip():
            self.take()
        if (
            self.kind() not in CONTENT | {"statement", "argument", "statement:", "argument:"}
            or self.kind() == "newline"
        ):
            raise self.error(f"nothing stands behind {token.text}", "name a statement or an argument", token)
        other = self.element(depth + 1, token.indent)
        kind, outward = SIGNS[token.text]
        source, target = (holder, other) if outward else (other, holder)
        self.map.relate(Relation(kind, source, target, (token.line, token.column)))

    # Premises and conclusions

    def steps(self) -> None:
        """(1) premise, ---- or -- rule --, (2) conclusion; of the argument named last."""
        first = self.tokens[self.at]
        title = self.last_argument or self._own_argument(first)
        argument = self.map.argument(title, (first.line, first.column))
        if argument.steps:
            raise self.error(
                f"<{title}> has premises and a conclusion already", "name another argument above them", first
            )
        numbers: dict[str, str] = {}
        waiting: list[str] = []
        while self.kind() in {"number", "inference"}:
            if self.kind() == "number":
                waiting.append(self.numbered(numbers))
                continue
            token = self.take()
            argument.steps.append(self.step(token, waiting, numbers))
            waiting = [argument.steps[-1].conclusion]
        if not argument.steps:
            raise self.error(f"<{title}> has premises and no conclusion", "put ---- and a conclusion below them", first)
        if len(waiting) > 1:
            raise self.error(
                f"<{title}> ends with a premise that nothing follows from", "end with ---- and a conclusion", first
            )
        self.last_argument = ""

    def _own_argument(self, token: Token) -> str:
        return f"Argument on line {token.line}"

    def numbered(self, numbers: dict[str, str]) -> str:
        token = self.take()
        while self.kind() == "text" and not self.tokens[self.at].text.strip():
            self.take()
        if self.kind() in {"argument", "argument:"}:
            raise self.error("an argument cannot be a premise", "write a statement behind the number")
        if self.kind() not in CONTENT | {"statement", "statement:"}:
            raise self.error(f"nothing stands behind ({token.text})", "write a statement behind the number", token)
        ref = self.element(0, 0 if token.column > 1 else -1)
        numbers[token.text] = ref.title
        return ref.title

    def step(self, token: Token, waiting: list[str], numbers: dict[str, str]) -> Step:
        if not waiting:
            raise self.error("an inference without premises above it", "write its premises above it", token)
        while self.kind() == "newline":
            self.take()
        undercuts = []
        while self.kind() == "relation":
            undercuts.append(self.take())
            raise self.error(
                "a relation of an inference", "put the undercut below the argument, as <_ under its title", undercuts[0]
            )
        if self.kind() != "number":
            raise self.error(
                "an inference with no conclusion below it", "write one as (2) …, with no empty line between", token
            )
        data = self.yaml(token.extra, token) if token.extra else {}
        data = data if isinstance(data, dict) else {}
        premises = self.used(data, numbers, token) or list(waiting)
        conclusion = self.numbered(numbers)
        rules = tuple(part.strip() for part in token.text.split(",") if part.strip())
        return Step(tuple(dict.fromkeys(premises)), conclusion, rules, data, (token.line, token.column))

    def used(self, data: dict[str, Any], numbers: dict[str, str], token: Token) -> list[str]:
        uses = data.get("uses", [])
        unknown = [str(number) for number in uses if str(number) not in numbers] if isinstance(uses, list) else []
        if unknown:
            raise self.error(f"uses names ({unknown[0]}), which no statement above has", "name numbers above it", token)
        return [numbers[str(number)] for number in uses] if isinstance(uses, list) else []

    def yaml(self, text: str, token: Token) -> Any:
        try:
            return YAML(typ="safe", pure=True).load(text)
        except (YAMLError, ValueError, RecursionError):
            raise self.error("this data is not YAML", "write it as {key: value}", token) from None
