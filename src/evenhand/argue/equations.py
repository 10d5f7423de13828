"""Equations and chains of them: A = B = C is two steps, and breaks at either."""

from collections.abc import Sequence
from itertools import pairwise

from evenhand.argue.checks import Check
from evenhand.argue.graph import Equation, Graph, Link, Node


def with_chains(graph: Graph) -> Graph:
    """The same graph with the steps of each chain as claims of their own, which bear the chain jointly.

    A step that another claim states ("A = B") is that claim; a step that nobody states by itself is a new node,
    undetermined, called CHAIN:1, CHAIN:2, ... Equations that have their steps already are left as they are.
    """
    nodes, links, equations = list(graph.nodes), list(graph.links), []
    stated = {_key(e.terms): e.claim for e in graph.equations if len(e.terms) == 2}
    for equation in graph.equations:
        if len(equation.terms) == 2 or equation.steps:
            equations.append(equation)
            continue
        steps = []
        for number, pair in enumerate(_pairs(equation.terms), 1):
            known = stated.get(_key(pair))
            if known is None or known == equation.claim:
                known = f"{equation.claim}:{number}"
                nodes.append(Node(known, " = ".join(pair), "undetermined"))
            steps.append(known)
        equations.append(Equation(equation.claim, equation.terms, tuple(steps)))
        links.append(Link(f"{equation.claim}:chain", tuple(steps), equation.claim, joint=True, scheme="equation"))
    return Graph(tuple(nodes), tuple(links), tuple(equations), graph.positions)


def broken_chains(graph: Graph) -> list[Check]:
    """Equations that are drawn from others which do not lead from the one end to the other."""
    terms = {e.claim: e.terms for e in graph.equations}
    out = []
    for link in graph.links:
        drawn = terms.get(link.target)
        used = [terms[s] for s in link.sources if s in terms]
        if drawn is None or link.kind != "support" or not link.joint or len(used) < len(link.sources):
            continue
        if not _connected([drawn[0], drawn[-1]], [pair for one in used for pair in _pairs(one)]):
            ends = f"from {drawn[0]} to {drawn[-1]}"
            sentence = f"{link.target} says {' = '.join(drawn)}, but the equations in {link.id} do not lead {ends}"
            out.append(Check("broken chain", (link.target, link.id), sentence))
    return out


def _pairs(terms: Sequence[str]) -> list[tuple[str, str]]:
    return list(pairwise(terms))


def _key(terms: Sequence[str]) -> frozenset[str]:
    """An equation says the same in both directions."""
    return frozenset(" ".join(term.split()).casefold() for term in terms)


def _connected(ends: list[str], pairs: list[tuple[str, str]]) -> bool:
    start, goal = (" ".join(end.split()).casefold() for end in ends)
    reached, todo = {start}, [start]
    while todo:
        now = todo.pop()
        for pair in map(_key, pairs):
            if now in pair:
                todo += [term for term in pair if term not in reached]
                reached |= pair
    return goal in reached
