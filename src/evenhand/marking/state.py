"""Marking as a machine of keys: each key makes a new state, and nothing but the keys decides it. So any number can be undone."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from evenhand.marking.proposals import ASKED, FIELDS, FORMS, Offer, Proposals
from evenhand.marking.stops import Stop, Text
from evenhand.model import BadInputError, ClaimKind

KINDS: dict[str, ClaimKind] = {
    "c": "comparison", "e": "event", "f": "quantity", "t": "tie", "a": "consensus", "b": "base-rate", "w": "cause",
    "d": "definition", "i": "inference", "v": "value",
}  # fmt: skip
UNDO = "u"
REPORTED = (None, "rejects", "concedes", "asserts")
Claims = tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class State:
    """Where the marker stands. mode: at a passage, at a field of the last claim, or typing into it.

    at: the stop; span: the passage, which may have been made longer or shorter; place: the field; typed: the words so far.
    """

    at: int = 0
    span: tuple[int, int] = (0, 0)
    mode: Literal["passage", "field", "typing", "end"] = "passage"
    place: int = 0
    typed: str = ""
    reported: int = 0
    claims: Claims = field(default=())
    message: str = ""


class Marker:
    """Turns keys into claims. press is a function of state and key alone."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.proposals = Proposals(text)

    def start(self) -> State:
        """Before the first key."""
        return self._stop(State(), 0)

    def press(self, state: State, key: str) -> State:
        """The state after one more key; one that means nothing there changes no claim."""
        state = replace(state, message="")
        if state.mode == "typing":
            return self._typing(state, key)
        return self._field(state, key) if state.mode == "field" else self._passage(state, key)

    def stop(self, state: State) -> Stop:
        """The passage that the marker stands at."""
        return self.text.stops[min(state.at, len(self.text.stops) - 1)]

    def fields(self, state: State) -> tuple[str, ...]:
        """The fields of the claim that is being opened."""
        return FIELDS.get(state.claims[-1]["kind"], ()) if state.claims else ()

    def offers(self, state: State) -> tuple[Offer, ...]:
        """What is proposed for the field at hand."""
        claim, name = state.claims[-1], self.fields(state)[state.place]
        return self.proposals.offers(name, claim["kind"], self.stop(state), state.span, state.claims)

    def _stop(self, state: State, at: int) -> State:
        last = len(self.text.stops)
        if at >= last:
            return replace(state, at=last, mode="end", reported=0, typed="", message="the end of the text")
        stop = self.text.stops[max(0, at)]
        return replace(state, at=max(0, at), span=(stop.start, stop.end), mode="passage", place=0, reported=0, typed="")

    def _passage(self, state: State, key: str) -> State:
        if key in {"up", "p"}:
            return self._stop(state, state.at - 1)
        if state.mode == "end":
            return replace(state, message="the end of the text")
        if key in {"down", "n", "enter", "space"}:
            return self._stop(state, state.at + 1)
        if key in KINDS:
            return self._marked(state, KINDS[key])
        if key == "r":
            return replace(state, reported=(state.reported + 1) % len(REPORTED))
        if key in {"s", "+", "-", "(", ")"}:
            return replace(state, span=self._resized(state, key))
        return replace(state, message=f"{key} means nothing here; ? shows the keys")

    def _resized(self, state: State, key: str) -> tuple[int, int]:
        """The whole sentence and back; a word more or less at the end (+ -) or at the start ( ( ) )."""
        stop, (start, end), words = self.stop(state), state.span, self.text.document.text
        if key == "s":
            return stop.sentence if (start, end) != stop.sentence else (stop.start, stop.end)
        if key in {"+", "-"}:
            ends = [i for i in range(start + 1, stop.block[1] + 1) if _word_ends(words, i)]
            at = [i for i in ends if i > end][:1] if key == "+" else [i for i in ends if i < end][-1:]
            return (start, at[0] if at else end)
        starts = [i for i in range(stop.block[0], end) if _word_starts(words, i)]
        at = [i for i in starts if i < start][-1:] if key == "(" else [i for i in starts if i > start][:1]
        return (at[0] if at else start, end)

    def _marked(self, state: State, kind: ClaimKind) -> State:
        start, end = state.span
        claim: dict[str, Any] = {"kind": kind, "start": start, "end": end}
        stance = REPORTED[state.reported]
        claim |= {"voice": "reported", "stance": stance} if stance else {}
        if kind == "comparison":
            claim["form"] = self.proposals.form(self.stop(state), state.span)
        state = replace(state, claims=(*state.claims, claim))
        return replace(state, mode="field", place=0) if FIELDS.get(kind) else self._stop(state, state.at + 1)

    def _field(self, state: State, key: str) -> State:
        offers = self.offers(state)
        if key == "tab":
            return self._accept(state, offers, 0)
        if key.isdigit() and key != "0":
            return self._accept(state, offers, int(key) - 1)
        if key == "backtab":
            while state.mode == "field":
                offers = self.offers(state)
                state = self._accept(state, offers, 0) if offers else self._next(state)
            return state
        if key in {"o", "enter"}:
            return self._next(state)
        if key in {"n", "down"}:
            return self._stop(state, state.at + 1)
        if key == "e":
            return replace(state, mode="typing", typed="")
        if key == "m" and state.claims[-1]["kind"] == "comparison":
            return self._with(state, form=_next_form(state.claims[-1]["form"]))
        return replace(state, message=f"{key} means nothing here; ? shows the keys")

    def _accept(self, state: State, offers: Sequence[Offer], place: int) -> State:
        if place >= len(offers):
            said = (
                "nothing is proposed: e to type it, o to leave it open"
                if not offers
                else f"there are {len(offers)} proposals"
            )
            return replace(state, message=said)
        return self._filled(state, offers[place].value)

    def _filled(self, state: State, value: Any) -> State:
        """The field with its value, and on to the next one."""
        name, claim = self.fields(state)[state.place], state.claims[-1]
        if claim["kind"] == "comparison":
            key = "against" if name == "peers" else name
            return self._next(self._with(state, open={**claim.get("open", {}), key: value}))
        return self._next(self._with(state, **{name: value}))

    def _with(self, state: State, **more: Any) -> State:
        return replace(state, claims=(*state.claims[:-1], {**state.claims[-1], **more}))

    def _next(self, state: State) -> State:
        if state.place + 1 < len(self.fields(state)):
            return replace(state, mode="field", place=state.place + 1, typed="")
        return self._stop(state, state.at + 1)

    def _typing(self, state: State, key: str) -> State:
        name = self.fields(state)[state.place]
        if key == "esc":
            return replace(state, mode="field", typed="")
        if key == "backspace":
            return replace(state, typed=state.typed[:-1])
        if key == "tab":
            found = self.proposals.completions(name, state.typed)
            return replace(state, typed=found[0]) if found else replace(state, message="no name begins like that")
        if key == "enter":
            try:
                value = self.proposals.read(name, state.typed, state.claims[-1]["kind"])
            except BadInputError as error:
                problem = error.problems[0]
                return replace(state, message=" ; ".join(filter(None, (problem.message, problem.hint))))
            return self._filled(state, value)
        return (
            replace(state, typed=state.typed + (" " if key == "space" else key))
            if len(key) == 1 or key == "space"
            else state
        )


def question(name: str) -> str:
    """What a field asks."""
    return ASKED[name]


def _next_form(form: dict[str, str]) -> dict[str, str]:
    known = (form["name"], form["direction"])
    name, direction = FORMS[(FORMS.index(known) + 1) % len(FORMS)] if known in FORMS else FORMS[0]
    return {"name": name, "direction": direction}


def _word_ends(text: str, at: int) -> bool:
    return not text[at - 1].isspace() and (at == len(text) or text[at].isspace())


def _word_starts(text: str, at: int) -> bool:
    return not text[at].isspace() and (at == 0 or text[at - 1].isspace())
