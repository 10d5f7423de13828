"""Random arguments of every sort: loops, attacks on links, joint premises, claims that nothing touches."""

import random

from evenhand.argue import GIVENS, Graph, Link, Node


def argument(claims: int, links: int, seed: int) -> Graph:
    """A random argument, the same for the same seed."""
    chance = random.Random(seed)
    nodes = tuple(
        Node(
            f"c{i}",
            f"Claim number {i} says that something is so",
            chance.choice(GIVENS),
            unstated=chance.random() < 0.1,
        )
        for i in range(claims)
    )
    made: list[Link] = []
    for k in range(links):
        sources = tuple(sorted({f"c{chance.randrange(claims)}" for _ in range(chance.choice([1, 1, 2, 3]))}))
        if made and chance.random() < 0.2:
            made.append(
                Link(
                    f"l{k}", sources, chance.choice(made).id, "attack", joint=chance.random() < 0.5, given=step(chance)
                )
            )
        else:
            kind = chance.choice(["support", "attack"])
            made.append(
                Link(
                    f"l{k}",
                    sources,
                    f"c{chance.randrange(claims)}",
                    kind,
                    joint=chance.random() < 0.5,
                    given=step(chance),
                )
            )
    return Graph(nodes, tuple(made))


def step(chance: random.Random) -> str:
    return "holds" if chance.random() < 0.8 else "fails"


def tree(claims: int, seed: int) -> Graph:
    """A conclusion with premises under premises, as essays have them."""
    chance = random.Random(seed)
    nodes, links = [Node("c0", "The conclusion of it all", "argued")], []
    while len(nodes) < claims:
        onto = f"c{chance.randrange(max(0, len(nodes) - 8), len(nodes))}"
        new = [f"c{len(nodes) + i}" for i in range(min(chance.choice([1, 2, 3]), claims - len(nodes)))]
        nodes += [Node(name, f"What {name} says, in some more words than these", chance.choice(GIVENS)) for name in new]
        kind = "attack" if chance.random() < 0.25 else "support"
        links.append(Link(f"l{len(links)}", tuple(new), onto, kind, joint=chance.random() < 0.5))
    return Graph(tuple(nodes), tuple(links))
