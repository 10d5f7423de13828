"""Over all pairs of sources: what they share, what a link gains, and the forest."""

import numpy as np
from numba import njit

SPARED = 1.7


@njit(nogil=True, cache=True)
def add_pairs(edges, source, weight, value, first_fact, total, first, last):
    for group in range(first, last):
        worth = value[first_fact[group]]
        for one in range(edges[group], edges[group + 1]):
            for other in range(one + 1, edges[group + 1]):
                a, b = source[one], source[other]
                if a != b:
                    if a > b:
                        a, b = b, a
                    total[a, b] += worth * weight[one] * weight[other]


@njit(nogil=True, cache=True)
def gain_rows(both, same, truth, held, said, n, prior, result, first, last):
    share = np.empty(len(said))
    for source in range(len(said)):
        right = (held[source] + prior[0] - 1) / max(said[source] + prior[0] + prior[1] - 2, 1e-9)
        share[source] = min(max(right, 0.01), 0.99)
    for child in range(first, last):
        for origin in range(len(said)):
            a, b = min(child, origin), max(child, origin)
            if a == b or both[a, b] <= 0:
                continue
            over = _excess(both[a, b], same[a, b], truth[a, b], share[a], share[b], n)
            if over < SPARED:
                result[child, origin] = over * abs(over) / 2 - prior[4] * np.log(max(both[a, b], 2.0))
            else:
                result[child, origin] = gain(both[a, b], same[a, b], truth[a, b], held[child], said[child], n, prior)


@njit(nogil=True, cache=True)
def _excess(both, same, true, one, other, n):
    """By how many standard errors do two agree more than their accuracies explain, in all or on what is held false, whichever
    is more? Below ``SPARED`` no link gains what its prior and its caution cost, and half the square stands for its gain.
    """
    false = (1 - one) * (1 - other) / n
    agree = one * other + false
    total = (same - both * agree) / np.sqrt(max(both * agree * (1 - agree), 1e-12))
    wrong = (same - true - both * false) / np.sqrt(max(both * false * (1 - false), 1e-12))
    return max(total, wrong)


@njit(nogil=True, cache=True)
def gain(both, same, true, held, said, n, prior):
    """Profile likelihood of copying against independence, each with its own best accuracy, priors on both."""
    right, wrong, copied, own = prior[0] - 1, prior[1] - 1, prior[2] - 1, prior[3] - 1
    alone = min(max((held + right) / (said + right + wrong), 0.01), 0.99)
    without = (held + right) * np.log(alone) + (said - held + wrong) * np.log(1 - alone) - (said - held) * np.log(n)
    false, differ = same - true, both - same
    right, wrong = prior[5] - 1, prior[6] - 1
    a, c = alone, 0.5
    for _ in range(12):
        from_true = c / (c + (1 - c) * a)
        from_false = c / (c + (1 - c) * (1 - a) / n)
        taken = true * from_true + false * from_false
        a = min(max((held - true * from_true + right) / (said - taken + right + wrong), 0.01), 0.99)
        c = min(max((taken + copied) / (both + copied + own), 0.01), 0.99)
    value = true * np.log(c + (1 - c) * a) + false * np.log(c + (1 - c) * (1 - a) / n) + differ * np.log(1 - c)
    value += (held - true + right) * np.log(a) + (said - held - false + wrong) * np.log(1 - a)
    value -= (said - held - false) * np.log(n)
    value += copied * np.log(c) + own * np.log(1 - c)
    return value + prior[7] - without - prior[4] * np.log(max(both, 2.0))


@njit(nogil=True, cache=True)
def grow(weights, child, parent, sources):
    root, trial, stack = np.empty(sources, np.int64), np.empty(sources, np.int32), np.empty(sources, np.int64)
    best, best_value = np.empty(sources, np.int32), np.empty(sources)
    for s in range(sources):
        root[s], best[s], best_value[s] = s, -1, -np.inf
    links = np.empty((sources, 2), np.int64)
    count = np.int64(0)  # as a plain 0, what it is handed to would be compiled twice
    for edge in range(len(child)):
        a, b = child[edge], parent[edge]
        while root[a] != a:
            root[a] = root[root[a]]
            a = root[a]
        while root[b] != b:
            root[b] = root[root[b]]
            b = root[b]
        if a != b:
            root[max(a, b)] = min(a, b)
            links[count, 0], links[count, 1] = child[edge], parent[edge]
            count += 1
    start, ahead = neighbours(links, count, sources)
    for top in range(sources):
        tree = top
        while root[tree] != tree:
            tree = root[tree]
        value = hang(weights, top, start, ahead, trial, stack)
        if value > best_value[tree] + 1e-9:
            best_value[tree] = value
            write(top, start, ahead, trial, best, stack)
    for s in range(sources):
        if best[s] >= 0 and weights[s, best[s]] <= 0:
            best[s] = -1
    return best


@njit(nogil=True, cache=True)
def neighbours(links, count, sources):
    start = np.zeros(sources + 1, np.int64)
    for edge in range(count):
        start[links[edge, 0] + 1] += 1
        start[links[edge, 1] + 1] += 1
    for s in range(sources):
        start[s + 1] += start[s]
    place = start[:-1].copy()
    ahead = np.empty(2 * count, np.int64)
    for edge in range(count):
        a, b = links[edge, 0], links[edge, 1]
        ahead[place[a]], ahead[place[b]] = b, a
        place[a] += 1
        place[b] += 1
    return start, ahead


@njit(nogil=True, cache=True)
def hang(weights, top, start, ahead, trial, stack):
    """The gain of the tree hung from ``top``; ``trial`` gets each member's origin. stack: [S], room to work in."""
    stack[0], waiting = top, 1
    trial[top] = -1
    value = 0.0
    while waiting:
        waiting -= 1
        at = stack[waiting]
        for edge in range(start[at], start[at + 1]):
            to = ahead[edge]
            if to != trial[at]:
                trial[to] = at
                value += max(weights[to, at], 0.0)
                stack[waiting] = to
                waiting += 1
    return value


@njit(nogil=True, cache=True)
def write(top, start, ahead, trial, best, stack):
    stack[0], waiting = top, 1
    while waiting:
        waiting -= 1
        at = stack[waiting]
        best[at] = trial[at]
        for edge in range(start[at], start[at + 1]):
            to = ahead[edge]
            if to != trial[at]:
                stack[waiting] = to
                waiting += 1
