"""Votes, confidences, and the best value of each item."""

import numpy as np
from numba import njit


@njit(nogil=True, cache=True)
def shares(item_start, start, source, weight, of_source, support, begin, end):
    """What share of the votes on its item each fact of a range of items has."""
    for item in range(begin, end):
        total = 0.0
        for fact in range(item_start[item], item_start[item + 1]):
            votes = 0.0
            for row in range(start[fact], start[fact + 1]):
                votes += weight[row] * of_source[source[row]]
            support[fact] = votes
            total += votes
        for fact in range(item_start[item], item_start[item + 1]):
            support[fact] /= max(total, 1e-300)


@njit(nogil=True, cache=True)
def confidence(start, source, weight, tau, dampening, support, total, begin, end):
    """How sure is each fact of a range? total: [S, 2] gets the confidence in what each source says, and how much it says."""
    for fact in range(begin, end):
        log_belief = 0.0
        for row in range(start[fact], start[fact + 1]):
            log_belief += weight[row] * tau[source[row]]
        sure = 1.0 / (1.0 + np.exp(-dampening * log_belief))
        support[fact] = sure
        for row in range(start[fact], start[fact + 1]):
            total[source[row], 0] += weight[row] * sure
            total[source[row], 1] += weight[row]


@njit(nogil=True, cache=True)
def best(item_start, value, support, grain, answer):
    """The value with the highest support; ``answer`` is left as it is where there is none or two are level."""
    for item in range(len(answer)):
        first, last = item_start[item], item_start[item + 1]
        highest = -np.inf
        for fact in range(first, last):
            highest = max(highest, support[fact])
        level = 0
        for fact in range(first, last):
            if support[fact] >= highest * (1 - grain):
                level += 1
                winner = value[fact]
        if level == 1:
            answer[item] = winner
