"""Passes over the statements of Dawid and Skene’s EM."""

import numpy as np
from numba import njit


@njit(nogil=True, cache=True)
def shares(begin, cells, posterior):
    """The share of the votes of each class."""
    classes = posterior.shape[1]
    for item in range(len(begin) - 1):
        count = begin[item + 1] - begin[item]
        for row in range(begin[item], begin[item + 1]):
            posterior[item, (cells[row] // classes) % classes] += 1.0
        for k in range(classes):
            posterior[item, k] /= max(count, 1)


@njit(nogil=True, cache=True, fastmath=True)
def tally(begin, cells, posterior, counts, sums, first, last):
    classes = posterior.shape[1]
    for item in range(first, last):
        if begin[item] == begin[item + 1]:
            continue
        for k in range(classes):
            sums[k] += posterior[item, k]
        for row in range(begin[item], begin[item + 1]):
            for k in range(classes):
                counts[cells[row] + k] += posterior[item, k]


@njit(nogil=True, cache=True, fastmath=True)
def expect(begin, cells, posterior, log_error, log_prior, lanes, counts, sums, first, last):
    """The posterior of each item in a range, added at once to what the M-step needs."""
    classes = len(lanes)  # a constant of the compiled code, so that its loops unroll
    log = np.empty(classes)
    for item in range(first, last):
        if begin[item] == begin[item + 1]:
            continue
        for k in range(classes):
            log[k] = log_prior[k]
        for row in range(begin[item], begin[item + 1]):
            cell = cells[row]
            for k in range(classes):
                log[k] += log_error[cell + k]
        top = log[0]
        for k in range(1, classes):
            top = max(top, log[k])
        total = 0.0
        weighed = 0.0
        for k in range(classes):
            below = log[k] - top
            odds = np.exp(below)
            log[k] = odds
            total += odds
            weighed += odds * below
        sums[classes] += np.log(total) - weighed / total
        sums[classes + 1] += top + np.log(total)
        for k in range(classes):
            log[k] /= total
            posterior[item, k] = log[k]
            sums[k] += log[k]
        for row in range(begin[item], begin[item + 1]):
            cell = cells[row]
            for k in range(classes):
                counts[cell + k] += log[k]
