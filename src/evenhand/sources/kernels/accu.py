"""Passes over the statements of ACCU, with copying."""

import numpy as np
from numba import njit


@njit(nogil=True, cache=True)
def relate(source_start, by_source, row_fact, fact_item, origin):
    result = np.zeros(len(by_source), np.int8)
    for source in range(len(origin)):
        if origin[source] < 0:
            continue
        other, end = source_start[origin[source]], source_start[origin[source] + 1]
        for at in range(source_start[source], source_start[source + 1]):
            row = by_source[at]
            fact = row_fact[row]
            item = fact_item[fact]
            while other < end and fact_item[row_fact[by_source[other]]] < item:
                other += 1
            look = other
            while look < end and fact_item[row_fact[by_source[look]]] == item:
                result[row] = max(result[row], 2)
                if row_fact[by_source[look]] == fact:
                    result[row] = 3
                look += 1
            if result[row]:
                result[row] = 1 if result[row] == 3 else 2
    return result


@njit(nogil=True, cache=True)
def expect(item_start, start, source, weight, same, accuracy, rate, false, support, sums, likelihood, first, last):
    for item in range(first, last):
        n = false[item]
        begin, end = item_start[item], item_start[item + 1]
        if begin == end:
            continue
        base, top = 0.0, 0.0
        for fact in range(begin, end):
            score = 0.0
            for row in range(start[fact], start[fact + 1]):
                s = source[row]
                a, c, w = accuracy[s], rate[s], weight[row]
                wrong = (1 - a) / n
                if same[row] == 1:
                    no = np.log(c + (1 - c) * wrong)
                    base += w * no
                    score += w * (np.log(c + (1 - c) * a) - no)
                else:
                    no = np.log(wrong)
                    base += w * (no + (np.log(1 - c) if same[row] == 2 else 0.0))
                    score += w * (np.log(a) - no)
            support[fact] = score
            top = max(top, score)
        total = max(n + 1 - (end - begin), 0.0) * np.exp(-top)
        for fact in range(begin, end):
            support[fact] = np.exp(support[fact] - top)
            total += support[fact]
        likelihood[0] += base + top + np.log(total) - np.log(n + 1)
        for fact in range(begin, end):
            p = support[fact] / total
            support[fact] = p
            for row in range(start[fact], start[fact + 1]):
                s = source[row]
                a, c, w = accuracy[s], rate[s], weight[row]
                if same[row] == 1:
                    from_true = c / (c + (1 - c) * a)
                    from_false = c / (c + (1 - c) * (1 - a) / n)
                    copied = p * from_true + (1 - p) * from_false
                    sums[0, s] += w * p * (1 - from_true)
                    sums[1, s] += w * (1 - copied)
                    sums[2, s] += w * copied
                else:
                    sums[0, s] += w * p
                    sums[1, s] += w
                if same[row] > 0:
                    sums[3, s] += w
