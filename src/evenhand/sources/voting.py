"""Voting, and TruthFinder (Yin, Han and Yu 2008, "Truth Discovery with Multiple Conflicting Information Providers on the
Web", IEEE Transactions on Knowledge and Data Engineering 20(6)).
"""

import numpy as np

from evenhand.sources.blocks import in_blocks, summed
from evenhand.sources.facts import BLOCKS, Facts
from evenhand.sources.kernels import voting as kernels
from evenhand.sources.result import Truth, best
from evenhand.sources.testimony import Floats

ROOM = 16_000_000
"""Doubles that the blocks' own sums may take."""


def vote(facts: Facts, weights: Floats | None = None) -> Truth:
    """What do most sources say? support: the share of the votes on the item. weights: [S] of each source's vote."""
    counts = np.ones(facts.sources) if weights is None else weights
    support = np.empty(len(facts.item))

    def work(_: int, first: int, last: int) -> None:
        kernels.shares(
            facts.item_start, facts.start, facts.source, facts.weight, counts, support, first, last
        )  # fmt: skip

    in_blocks(work, facts.items, BLOCKS, len(facts.source))
    answer = best(facts.item_start, facts.value, support)
    nothing = np.full(facts.sources, np.nan)
    return Truth("vote", answer, facts.item, facts.value, support, nothing, iterations=1)


def truth_finder(
    facts: Facts, *, trust: float = 0.9, dampening: float = 0.3, tolerance: float = 1e-3, rounds: int = 100
) -> Truth:
    """Whom do trusted sources believe? Iterates trust of sources and confidence in facts until trust turns by less than
    ``tolerance`` (one minus the cosine). support: the confidence. Values do not imply one another here.
    """
    trusted = np.full(facts.sources, trust)
    blocks = max(1, min(BLOCKS, ROOM // max(2 * facts.sources, 1)))
    sums = np.zeros((blocks, facts.sources, 2))
    support = np.zeros(len(facts.item))
    tau = trusted

    def work(block: int, first: int, last: int) -> None:
        kernels.confidence(
            facts.start, facts.source, facts.weight, tau, dampening, support, sums[block], first, last
        )  # fmt: skip

    done = 0
    for done in range(1, rounds + 1):  # noqa: B007 (told in the result)
        tau = -np.log1p(-trusted)
        sums[:] = 0
        in_blocks(work, len(facts.item), blocks, len(facts.source))
        total, said = summed(sums).T
        new = np.where(said > 0, total / np.maximum(said, 1e-300), trust)
        cosine = new @ trusted / (np.linalg.norm(new) * np.linalg.norm(trusted))
        trusted = np.minimum(new, 1 - 1e-12)
        if 1 - cosine < tolerance:
            break
    answer = best(facts.item_start, facts.value, support)
    settings = {"trust": trust, "dampening": dampening}
    return Truth(
        "truthfinder",
        answer,
        facts.item,
        facts.value,
        support,
        np.where(said > 0, trusted, np.nan),
        None,
        done,
        settings,
    )
