"""Votes and confidences."""

import numpy as np
from numba import njit


@njit(nogil=True, cache=True)
def votes(start, source, weight, of_source):
    votes = np.zeros(len(start) - 1)
    for fact in range(len(votes)):
        for row in range(start[fact], start[fact + 1]):
            votes[fact] += weight[row] * of_source[source[row]]
    return votes


@njit(nogil=True, cache=True)
def confidence(start, source, weight, tau, dampening):
    support = np.empty(len(start) - 1)
    total = np.zeros(len(tau))
    for fact in range(len(support)):
        log_belief = 0.0
        for row in range(start[fact], start[fact + 1]):
            log_belief += weight[row] * tau[source[row]]
        support[fact] = 1.0 / (1.0 + np.exp(-dampening * log_belief))
        for row in range(start[fact], start[fact + 1]):
            total[source[row]] += weight[row] * support[fact]
    return support, total
