"""The opposed example texts each get their argument, and neither gets a deeper one than the other."""

from pathlib import Path

import pytest

from evenhand.audit import graph_of, open_case

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PAIRS = (("everyday", "union", "hospital"), ("history", "ledger-of-gains", "ledger-of-losses"))


def case_of(folder, name):
    return open_case(EXAMPLES / folder / f"{name}.case.yaml")[0]


def shape(case):
    """What a case's argument is made of, and how many steps its longest line has."""
    onto = {}
    for link in case.links:
        for source in link.sources:
            onto.setdefault(source, set()).add(link.target)

    def steps(claim, seen=()):
        return max((1 + steps(next_, (*seen, claim)) for next_ in onto.get(claim, ()) if next_ not in seen), default=0)

    counts = {
        "support": sum(link.kind == "support" for link in case.links),
        "attack": sum(link.kind == "attack" for link in case.links),
        "unstated": sum(bool(link.unstated) for link in case.links),
        "conclusions": sum(claim.kind == "inference" for claim in case.claims),
        "positions": len(case.positions),
        "steps": max(steps(claim.id) for claim in case.claims),
    }
    return counts, {link.scheme for link in case.links} - {None}


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0])
def test_both_sides_of_a_pair_are_mapped_alike(pair):
    folder, *names = pair
    (first, first_schemes), (second, second_schemes) = (shape(case_of(folder, name)) for name in names)
    apart = {name: abs(first[name] - second[name]) for name in first}
    assert apart.pop("support") <= 1
    assert apart.pop("attack") <= 1
    assert set(apart.values()) == {0}
    assert first["unstated"] >= 5
    assert first["steps"] >= 2
    assert len(first_schemes) >= 4
    assert len(second_schemes) >= 4


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0])
def test_what_is_left_unsaid_is_a_premise_of_its_step(pair):
    folder, *names = pair
    for name in names:
        case = case_of(folder, name)
        graph = graph_of(case, {})
        unsaid = [link for link in case.links if link.unstated]
        assert [n.text for n in graph.nodes if n.unstated] == [link.unstated for link in unsaid]
