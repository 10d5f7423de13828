"""How many keys does marking by hand take? Marks the examples' texts again as their casefiles have them, and counts.

    python -m benchmarks.marking [CASE ...]

Each claim of a casefile is marked by its shortest way through ``evenhand mark``: on to the passage, one key for the kind, and for
each field Tab where the first proposal is what the casefile says, a digit where another one is, else e, the name and Enter. Who
reads and thinks in between is not measured: that takes a person. Passages that overlap the casefile's quote count as found.
"""

import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evenhand.audit import open_case
from evenhand.case import Case, Claim
from evenhand.marking import FIELDS, KINDS, Marker, State, ready

EXAMPLES = ("examples/history/ledger-of-gains.case.yaml", "examples/history/ledger-of-losses.case.yaml")
KEY = {kind: key for key, kind in KINDS.items()}


@dataclass(slots=True)
class Counted:
    """What was pressed. how: by field, how often Tab, a digit or typing was needed."""

    claims: int = 0
    opened: int = 0
    moves: int = 0
    keys: int = 0
    missed: int = 0
    how: Counter[tuple[str, str]] = field(default_factory=Counter)


def main(paths: list[str]) -> None:
    for path in paths or list(EXAMPLES):
        case, catalog = open_case(Path(path))
        counted = count(case, Marker(ready(case.document, catalog)))
        per = counted.keys / max(1, counted.claims)
        print(
            f"{path}: {counted.claims} claims of {len(case.claims)} marked, {counted.opened} of them opened comparisons"
        )
        print(f"  {counted.keys} keys for what is marked, {per:.1f} a claim; {counted.moves} more to pass what is not")
        print(f"  {counted.missed} quotes overlap no passage at which the marker stops")
        for name in dict.fromkeys(name for name, _ in sorted(counted.how)):
            print(
                f"  {name}: "
                + ", ".join(f"{n} {how}" for (what, how), n in sorted(counted.how.items()) if what == name)
            )


def count(case: Case, marker: Marker) -> Counted:
    """The shortest way through a casefile's claims, in the order of the text."""
    counted, state = Counted(), marker.start()
    for claim in sorted(case.claims, key=lambda c: (c.span.start, c.span.end)):
        at = next(
            (i for i, s in enumerate(marker.text.stops) if s.start < claim.span.end and claim.span.start < s.end), None
        )
        if at is None:
            counted.missed += 1
            continue
        while state.at != at:
            state = marker.press(state, "n" if state.at < at else "p")
            counted.moves += 1
        state = pressed(marker, state, [KEY[claim.kind]], counted)
        counted.claims += 1
        if claim.kind == "comparison" and claim.open is not None:
            counted.opened += 1
            state = opened(marker, state, claim, counted)
        elif state.mode == "field":
            state = pressed(marker, state, ["n"], counted)
    return counted


def opened(marker: Marker, state: State, claim: Claim, counted: Counted) -> State:
    """The fields of a comparison."""
    wanted = values(claim)
    for name in FIELDS["comparison"]:
        offers = marker.offers(state)
        place = next((i for i, offer in enumerate(offers) if offer.value == wanted.get(name)), None)
        if wanted.get(name) is None:
            state = pressed(marker, state, ["o"], counted)
            how = "left open"
        elif place is not None:
            state = pressed(marker, state, ["tab" if place == 0 else str(place + 1)], counted)
            how = "Tab" if place == 0 else "another proposal"
        else:
            typed = typing(name, wanted[name], marker)
            state = pressed(marker, state, ["e", *typed, "enter"], counted)
            how = "typed"
        counted.how[name, how] += 1
        if state.mode == "typing":  # nothing that can be typed there: a list of units, for one
            state = pressed(marker, state, ["esc", "o"], counted)
    return state


def values(claim: Claim) -> dict[str, Any]:
    """What the casefile says for each field, as the marker would write it."""
    found = claim.open
    assert found is not None
    subject: dict[str, Any] = {"units": list(found.subject.units)} if found.subject.units else {}
    subject |= {k: v for k in ("unit", "group") if (v := getattr(found.subject, k))}
    against = found.against
    peers = against.peers.rule if against and against.peers else None
    named = {k: v for k in ("unit", "group") if against and (v := getattr(against, k))}
    set_against = named or ({"peers": peers} if peers else None)
    window = {"start": found.window.start, "end": found.window.end} if found.window else None
    return {"subject": subject, "measure": found.measure, "peers": set_against, "window": window}


def typing(name: str, value: Any, marker: Marker) -> list[str]:
    """The shortest typing that ends in it: as many letters as Tab needs to complete the name, else all of them."""
    label = marker.proposals.label(name, value) if name != "window" else f"{value['start']}-{value['end']}"
    for n in range(1, len(label)):
        found = marker.proposals.completions(name, label[:n])
        if name != "window" and found and found[0].casefold() == label.casefold():
            return [*label[:n], "tab"]
    return list(label)


def pressed(marker: Marker, state: State, keys: list[str], counted: Counted) -> State:
    for key in keys:
        state = marker.press(state, "space" if key == " " else key)
        counted.keys += 1
    return state


if __name__ == "__main__":
    main(sys.argv[1:])
