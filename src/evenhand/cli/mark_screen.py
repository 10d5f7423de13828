"""The screen of ``evenhand mark``: the passage in its paragraph, the fields with what is proposed, and the keys."""

import re
import sys
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

from prompt_toolkit.application import Application
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.input import Input, create_input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.styles import Style

from evenhand.catalog import Catalog
from evenhand.cli.mark import EXAMPLES
from evenhand.marking import KINDS, REPORTED, Marker, Session, opened, question, ready
from evenhand.model import BadInputError
from evenhand.model.words import plural
from evenhand.text import Document

NAMES = {
    Keys.ControlI: "tab", Keys.BackTab: "backtab", Keys.ControlM: "enter", Keys.ControlJ: "enter", Keys.Escape: "esc",
    Keys.Up: "up", Keys.Down: "down", Keys.ControlH: "backspace", Keys.Delete: "backspace",
}  # fmt: skip
CONTEXT = 700
KEYS_AT_PASSAGE = (
    "c comparison  e event  f figures  b how often  t tie  a agreement  w cause  d definition  i inference  v value"
)
MORE_AT_PASSAGE = "Enter on  p back  s sentence  + - ( ) longer, shorter  r reported  u undo  ? help  y YAML  Q leave"
KEYS_AT_FIELD = """\
Tab accept  1-9 another  Shift-Tab accept all  e type  o leave open  m more/less/most/rose/fell
n next passage  u undo"""
KEYS_TYPING = "Enter done  Tab complete  Esc back"
STYLE = Style.from_dict(
    {"quote": "reverse", "soft": "ansibrightblack", "title": "bold", "message": "bold", "first": "bold"}
)


def marked(document: Document, case: Path, *, code: str | None, show: bool) -> str:
    """Runs the screen until it is left, and gives what is said then. Raises BadInputError where there is no terminal."""
    text = ready(document, Catalog.open(), code=code)
    session = opened(Marker(text), case)
    Screen(session, _terminal()).run()
    return _said(session, show=show)


def _terminal() -> Input:
    """The keyboard, even where the text came in on standard input."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        return create_input()
    try:
        keyboard = Path("/dev/tty").open(encoding="utf-8")  # noqa: SIM115 (read until the program ends)
    except OSError:
        keyboard = None
    if keyboard is None or not sys.stdout.isatty():
        raise BadInputError(
            "marking needs a terminal to show the text in, and a keyboard",
            hint="`evenhand draft` writes a casefile without one",
        )
    return create_input(keyboard)


def _said(session: Session, *, show: bool) -> str:
    claims = session.state.claims
    lines = [f"{plural(len(claims), 'claim')} marked with {plural(len(session.keys), 'key')}."]
    if session.case.is_file():
        lines.append(f"written: {session.case}; to judge it: evenhand audit {session.case}")
    lines.append(f"To go on: evenhand mark {session.marker.text.document.path}")
    return "\n".join([*lines, *([session.source()] if show else [])])


def _by_words(parts: Iterable[tuple[str, str]], width: int) -> Iterator[tuple[str, str]]:
    """The same text with its lines broken between words."""
    column = 0
    for style, text in parts:
        for word in re.findall(r"\n|[^\S\n]+|\S+", text):
            if word == "\n":
                column = 0
            elif column + len(word) >= width and not word.isspace():
                yield "", "\n"
                column = len(word)
            elif word.isspace() and column == 0:
                continue
            else:
                column += len(word)
            yield style, word


class Screen:
    """Shows a session and hands it its keys."""

    def __init__(self, session: Session, keyboard: Input) -> None:
        self.session = session
        self.over = ""  # what is shown instead of the passage until the next key: the help, or the YAML
        self.app: Application[None] = Application(
            layout=Layout(Window(FormattedTextControl(self._shown), wrap_lines=True)), key_bindings=self._bindings(), style=STYLE,
            full_screen=True, input=keyboard,
        )  # fmt: skip
        self.app.ttimeoutlen = self.app.timeoutlen = 0.05

    def run(self) -> None:
        """Until Q, Ctrl-D or Ctrl-C."""
        self.app.run()

    def _bindings(self) -> KeyBindings:
        found = KeyBindings()

        @found.add(Keys.Any)
        def _any(event: KeyPressEvent) -> None:
            self._key(event.data if len(event.data) == 1 and event.data.isprintable() else "")

        for key, name in NAMES.items():
            found.add(key)(self._named(name))

        @found.add(Keys.BracketedPaste)
        def _pasted(event: KeyPressEvent) -> None:
            for letter in event.data if self.session.state.mode == "typing" else "":
                self._key(letter if letter.isprintable() else "")

        @found.add("c-d")
        @found.add("c-c")
        def _leave(event: KeyPressEvent) -> None:
            event.app.exit()

        return found

    def _named(self, name: str):  # type: ignore[no-untyped-def] # noqa: ANN202 (what prompt_toolkit calls back)
        def press(event: KeyPressEvent) -> None:  # noqa: ARG001
            self._key(name)

        return press

    def _key(self, key: str) -> None:
        if self.over:
            self.over = ""
            return
        if self.session.state.mode != "typing":
            if key == "Q":
                self.app.exit()
                return
            if key in {"?", "y"}:
                self.over = (
                    EXAMPLES.replace("\b\n", "") if key == "?" else self.session.source() or "nothing is marked yet"
                )
                return
        if key:
            try:
                self.session.press("space" if key == " " else key)
            except BadInputError as error:
                self.app.exit(exception=error)

    def _shown(self) -> StyleAndTextTuples:
        if self.over:
            return [("", self.over), ("class:soft", "\n\nAny key goes back.")]
        width = self.app.output.get_size().columns
        return [*self._head(), *_by_words(self._passage(), width), *self._fields(), *self._foot()]

    def _head(self) -> Iterator[tuple[str, str]]:
        state, text = self.session.state, self.session.marker.text
        place = (
            f"passage {min(state.at + 1, len(text.stops))} of {len(text.stops)}, {plural(len(state.claims), 'claim')}"
        )
        again = "  gone on with" if self.session.resumed else ""
        yield "class:title", f"{text.document.title}"
        yield "class:soft", f"   {place}{again}\n\n"

    def _passage(self) -> Iterator[tuple[str, str]]:
        state, marker = self.session.state, self.session.marker
        if state.mode == "end":
            yield "", "The end of the text. p goes back, Q leaves.\n\n"
            return
        stop, words = marker.stop(state), marker.text.document.text
        (start, end), first, last = (
            state.span,
            max(stop.block[0], state.span[0] - CONTEXT),
            min(stop.block[1], state.span[1] + CONTEXT),
        )
        yield "", "…" * (first > stop.block[0]) + " ".join(words[first:start].split("\n"))
        yield "class:quote", " ".join(words[start:end].split("\n"))
        yield "", " ".join(words[end:last].split("\n")) + "…" * (last < stop.block[1]) + "\n\n"
        stance = REPORTED[state.reported]
        if stance:
            yield "class:first", f"Reported: the author {stance} it.\n"
        drafted = stop.drafted.claim.kind if stop.drafted and state.mode == "passage" else ""
        if drafted:
            key = next(key for key, kind in KINDS.items() if kind == drafted)
            yield "class:soft", f"A rule over words takes it for: {drafted} ({key}).\n"

    def _fields(self) -> Iterator[tuple[str, str]]:
        session, state, marker = self.session, self.session.state, self.session.marker
        if state.mode not in {"field", "typing"}:
            return
        claim, names = state.claims[-1], marker.fields(state)
        form = f", {claim['form']['name']} ({claim['form']['direction']})" if "form" in claim else ""
        yield "class:title", f"{claim['kind']}{form}\n"
        for i, name in enumerate(names[: state.place + 1]):
            known = (
                claim.get("open", {}).get("against" if name == "peers" else name)
                if claim["kind"] == "comparison"
                else claim.get(name)
            )
            if i < state.place:
                yield (
                    "",
                    f"  {question(name)} {session.marker.proposals.label(name, known) if known is not None else 'left open'}\n",
                )
        name = names[state.place]
        yield "class:first", f"  {question(name)} "
        if state.mode == "typing":
            yield "", f"{state.typed}_\n"
            for found in marker.proposals.completions(name, state.typed):
                yield "class:soft", f"      {found}\n"
            return
        yield "", "\n"
        for i, offer in enumerate(marker.offers(state)):
            yield ("class:first" if i == 0 else ""), f"    {'Tab' if i == 0 else f'  {i + 1}'}  {offer.label}\n"

    def _foot(self) -> Iterator[tuple[str, str]]:
        state = self.session.state
        if state.message:
            yield "class:message", f"\n{state.message}\n"
        keys = {"field": KEYS_AT_FIELD, "typing": KEYS_TYPING}.get(state.mode, f"{KEYS_AT_PASSAGE}\n{MORE_AT_PASSAGE}")
        yield "class:soft", "\n" + "\n".join(line for part in keys.split("\n") for line in textwrap.wrap(part, 100))
