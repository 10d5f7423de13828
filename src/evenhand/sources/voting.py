"""Voting, and TruthFinder (Yin, Han and Yu 2008, "Truth Discovery with Multiple Conflicting Information Providers on the
Web", IEEE Transactions on Knowledge and Data Engineering 20(6)).
"""

import numpy as np

from evenhand.sources.facts import Facts
from evenhand.sources.kernels import voting as kernels
from evenhand.sources.result import Truth, best
from evenhand.sources.testimony import Floats


def vote(facts: Facts, weights: Floats | None = None) -> Truth:
    """What do most sources say? support: the share of the votes on the item. weights: [S] of each source's vote."""
    votes = kernels.votes(
        facts.start, facts.source, facts.weight, np.ones(facts.sources) if weights is None else weights
    )
    support = votes / np.maximum(_of_item(facts, votes), 1e-300)
    answer = best(facts.item_start, facts.value, support)
    nothing = np.full(facts.sources, np.nan)
    return Truth("vote", answer, facts.item, facts.value, support, nothing, iterations=1)


def _of_item(facts: Facts, amount: Floats) -> Floats:
    """[F] the sum of ``amount`` over all facts of the same item."""
    total = np.bincount(facts.item, weights=amount, minlength=facts.items)
    return total[facts.item].astype(np.float64)


def truth_finder(
    facts: Facts, *, trust: float = 0.9, dampening: float = 0.3, tolerance: float = 1e-3, rounds: int = 100
) -> Truth:
    """Whom do trusted sources believe? Iterates trust of sources and confidence in facts until trust turns by less than
    ``tolerance`` (one minus the cosine). support: the confidence. Values do not imply one another here.
    """
    trusted = np.full(facts.sources, trust)
    said = np.bincount(facts.source, weights=facts.weight, minlength=facts.sources)
    done = 0
    support = np.zeros(len(facts.item))
    for done in range(1, rounds + 1):  # noqa: B007 (told in the result)
        support, total = kernels.confidence(facts.start, facts.source, facts.weight, -np.log1p(-trusted), dampening)
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
