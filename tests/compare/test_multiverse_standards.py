"""The multiverse takes every rule as an alternative; a place is a placebo p only where all of them look before the event."""

from typing import Any

import numpy as np
import pytest

from evenhand.compare import (
    STANDARDS,
    AllPeers,
    Multiverse,
    Plan,
    Window,
    groups_of,
    multiverse,
    standard,
    verdict,
)
from evenhand.model import Choice, Form, Option

from .inference_panels import drawn

BEFORE = [
    "difference-in-differences",
    "synthetic-control",
    "augmented-synthetic-control",
    "penalized-synthetic-control",
    "synthetic-did",
]
POOLS = ("unexposed", "not-alike", "all")


def tried(names: list[str], windows: list[Window], *, pools: bool = False) -> Multiverse:
    panel, _ = drawn(3, units=9, periods=16)
    groups = groups_of(panel)
    groups.exposed[11:, 2] = True
    rules = tuple(Option(name, name, standard(name)) for name in names)
    choices: list[Any] = [
        Choice("rule", rules, "standard"),
        Choice("years", tuple(Option(f"w{i}", f"w{i}", w) for i, w in enumerate(windows)), "window"),
        Choice("peers", (Option("all", "all", AllPeers()),), "peers"),
    ]
    if pools:
        choices.append(Choice("pool", tuple(Option(pool, pool, pool) for pool in POOLS), "pool"))
    return multiverse(Plan(tuple(choices), groups), {(): panel}, Form("more"))


AFTER = [Window(2000, 2009, 2013), Window(2000, 2011, 2015)]


def test_every_rule_judges_every_unit() -> None:
    found = tried(BEFORE, AFTER)
    for c in range(len(found.keys)):
        assert sum(found.outcome(c, unit) in {0, 1, 2} for unit in found.units) >= 8


def test_a_placebo_p_only_where_every_rule_looks_before_the_event() -> None:
    assert verdict(tried(BEFORE, AFTER), "u04").placebo_p is not None
    assert verdict(tried([*BEFORE, "change"], AFTER), "u04").placebo_p is None
    assert verdict(tried(["difference-in-differences"], [*AFTER, Window(2000, 2000, 2013)]), "u04").placebo_p is None


def test_with_a_placebo_p_comes_its_size_by_quarters() -> None:
    said = verdict(tried(BEFORE, AFTER), "u04")
    assert len(said.size_by_quartile) == 4
    assert said.place is not None
    assert said.placebo_p == said.place.at_least_as_good >= 1 / 9


def test_the_pool_is_a_choice_of_every_rule_with_donors() -> None:
    found = tried([*BEFORE, "change"], AFTER, pools=True)
    assert len(found.keys) == (3 * len(BEFORE) + 1) * 2  # change has no donors
    shares = {option: cells[found.column("u02")].tolist() for option, cells in found.counts("pool").items()}
    assert set(shares) == set(POOLS)


@pytest.mark.parametrize(
    "name", [name for name, rule in STANDARDS.items() if rule().needs_pre and name != "matrix-completion"]
)
def test_alone_a_rule_says_what_its_scores_say(name: str) -> None:
    found = tried([name], AFTER[:1])
    panel, _ = drawn(3, units=9, periods=16)
    scores = standard(name).score(panel, AFTER[0], found.plan.groups)
    for u, unit in enumerate(panel.units):
        if scores.reason_codes[u] == 0 and abs(scores.values[u]) > scores.grain:
            assert found.outcome(0, unit) == int(scores.values[u] > 0)
        elif scores.reason_codes[u]:
            assert found.outcome(0, unit) == 3
            assert np.isnan(scores.values[u])
