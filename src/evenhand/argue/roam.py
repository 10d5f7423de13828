"""Sets that answer every attack, by compiled local search: one row of bits a set, one step a swap.

A conflict-free set S wanders until no attacker of it is left unanswered. A step takes one such attacker at random, and
adds it or one of those that attack it, dropping what conflicts; which, is drawn with weight exp(-(change of their
number) / T). What was dropped stays out for two to four steps. How many attackers, targets and conflicts each argument
has in S is kept in bit-sliced counters, so that a candidate costs a few vector operations; and candidates are taken by how
many conflicts they have, so that a step hardly branches. Those with more than two are not tried; where there is none, what
the attacker attacks is now and then dropped. The weights were chosen on random frameworks (480 to 500 arguments; each of
86 random halves attacks every argument outside it once). Importing this file imports numba.
"""

from typing import Any

import numpy as np
from numba import njit

WORDS = 16
MOST = 64 * WORDS
PLANES = 5
RING = 8
HEAT = 0.8
DROPPED = 0.5
SPAN = 1024
SIGNATURE = "i8(i8[::1], u8[:,:,::1], u8[:,::1], u8[:,:,::1], i8[:,::1], u8[::1], f8[::1], f8[::1], i8)"
ZERO, ONE = np.uint64(0), np.uint64(1)
M1, M2, M4 = np.uint64(0x5555555555555555), np.uint64(0x3333333333333333), np.uint64(0x0F0F0F0F0F0F0F0F)
M8, STAR = np.uint64(0x0101010101010101), np.uint64(0x2545F4914F6CDD1D)
S1, S2, S4, S56 = np.uint64(1), np.uint64(2), np.uint64(4), np.uint64(56)
S32, S12, S25, S27 = (np.uint64(k) for k in (32, 12, 25, 27))


@njit(inline="always")
def ones(x: Any) -> Any:
    """How many bits are set."""
    x = x - ((x >> S1) & M1)
    x = (x & M2) + ((x >> S2) & M2)
    x = (x + (x >> S4)) & M4
    return np.int64((x * M8) >> S56)


@njit(inline="always")
def lowest(word: Any) -> Any:
    """The place of the lowest bit that is set."""
    return ones((word & (~word + ONE)) - ONE)


@njit(inline="always")
def taken(hit: Any) -> Any:
    """The first member of a row that has one; it is taken out."""
    full = ZERO
    for j in range(WORDS):
        full |= np.uint64(hit[j] != ZERO) << np.uint64(j)
    j = lowest(full)
    word = hit[j]
    hit[j] = word & (word - ONE)
    return 64 * j + lowest(word)


@njit(inline="always")
def drawn(rng: Any, below: Any) -> Any:
    """A whole number from 0, by xorshift64* (Vigna 2016)."""
    x = rng[0]
    x ^= x >> S12
    x ^= x << S25
    x ^= x >> S27
    rng[0] = x
    return np.int64((((x * STAR) >> S32) * np.uint64(below)) >> S32)


@njit(inline="always")
def entered(counts: Any, rows: Any, x: int) -> None:
    """Count one more for each bit of row x of the three relations."""
    for r in range(3):
        for k in range(WORDS):
            carry = rows[r, x, k]
            for p in range(PLANES):
                kept = counts[r, p, k] & carry
                counts[r, p, k] ^= carry
                carry = kept


@njit(inline="always")
def left(counts: Any, rows: Any, x: int) -> None:
    """Count one less."""
    for r in range(3):
        for k in range(WORDS):
            borrow = rows[r, x, k]
            for p in range(PLANES):
                kept = borrow & ~counts[r, p, k]
                counts[r, p, k] ^= borrow
                borrow = kept


@njit(inline="always")
def after(rows: Any, seen: Any, x: int, r0: int, r1: int) -> Any:
    """How many would be unanswered, were x added and two members dropped. seen: (6, WORDS) as the counters stand."""
    total = 0
    for j in range(WORDS):
        a, b = rows[0, r0, j], rows[0, r1, j]
        free = seen[0, j] | (seen[1, j] & (a | b)) | (seen[2, j] & a & b)
        a, b = rows[1, r0, j], rows[1, r1, j]
        gone = (seen[4, j] & (a | b)) | (seen[5, j] & a & b)
        total += ones(free & ~rows[0, x, j] & ((seen[3, j] & ~gone) | rows[1, x, j]))
    return total


@njit(inline="always")
def unanswered(counts: Any, seen: Any, bad: Any) -> Any:
    """Reads the counters: the unanswered, how many; and of attackers and of targets in S: none or some, one, two."""
    cost = 0
    for k in range(WORDS):
        a, b, high = counts[0, 0, k], counts[0, 1, k], counts[0, 2, k] | counts[0, 3, k] | counts[0, 4, k]
        none = ~(a | b | high)
        seen[0, k], seen[1, k], seen[2, k] = none, a & ~(b | high), b & ~(a | high)
        a, b, high = counts[1, 0, k], counts[1, 1, k], counts[1, 2, k] | counts[1, 3, k] | counts[1, 4, k]
        some = a | b | high
        seen[3, k], seen[4, k], seen[5, k] = some, a & ~(b | high), b & ~(a | high)
        bad[k] = none & some
        cost += ones(none & some)
    return cost


@njit(inline="always")
def member(row: Any, at: int) -> Any:
    """The member of a row at this place."""
    for k in range(WORDS):
        word = row[k]
        here = ones(word)
        if at < here:
            for _ in range(at):
                word &= word - ONE
            return 64 * k + lowest(word)
        at -= here
    return 0


@njit(inline="always")
def answers(rows: Any, barred: Any, counts: Any, y: int, who: Any) -> Any:
    """What answers y, itself or its attackers, save what was dropped just now, by how many conflicts it has: none, one, two."""
    first = second = third = 0
    for k in range(WORDS):
        word = rows[1, y, k]
        if y >> 6 == k:
            word |= ONE << np.uint64(y & 63)
        a, b = counts[2, 0, k], counts[2, 1, k]
        word &= ~(barred[k] | counts[2, 2, k] | counts[2, 3, k] | counts[2, 4, k])
        part = word & ~(a | b)
        while part != ZERO:
            who[0, first] = 64 * k + lowest(part)
            part &= part - ONE
            first += 1
        part = word & a & ~b
        while part != ZERO:
            who[1, second] = 64 * k + lowest(part)
            part &= part - ONE
            second += 1
        part = word & b & ~a
        while part != ZERO:
            who[2, third] = 64 * k + lowest(part)
            part &= part - ONE
            third += 1
    return first, second, third


@njit(SIGNATURE, cache=True, nogil=True)
def roam(clock: Any, rows: Any, state: Any, counts: Any, ring: Any, rng: Any, heat: Any, fewer: Any, steps: int) -> int:
    """So many steps; 1 where every attack on S is answered, else 0.

    clock: (1,) steps so far. rows: (3, n + 1, WORDS) whom each attacks, who attacks it, either of them; the last row is
    empty. state: (3, WORDS) S, what was dropped just now, the unanswered. counts: (3, PLANES, WORDS) attackers, targets and
    neighbours in S of each. ring: (RING, 64) what may come back, by step; the first column counts. heat: weights by
    change + SPAN; fewer: by conflicts.
    """
    inside, barred, bad = state[0], state[1], state[2]
    seen, hit = np.empty((6, WORDS), np.uint64), np.empty(WORDS, np.uint64)
    weights, tried, who = np.empty(MOST + 1), np.empty(MOST + 1, np.int64), np.empty((3, MOST + 1), np.int64)
    empty = rows.shape[1] - 1
    for _ in range(steps):
        clock[0] += 1
        slot = clock[0] % RING
        for i in range(1, ring[slot, 0] + 1):
            barred[ring[slot, i] >> 6] &= ~(ONE << np.uint64(ring[slot, i] & 63))
        ring[slot, 0] = 0
        cost = unanswered(counts, seen, bad)
        if cost == 0:
            return 1
        y = member(bad, drawn(rng, cost))
        many = answers(rows, barred, counts, y, who)
        k, total = 0, 0.0
        for q in range(3):
            for i in range(many[q]):
                x, r0, r1 = who[q, i], empty, empty
                if q > 0:
                    for j in range(WORDS):
                        hit[j] = rows[2, x, j] & inside[j]
                    r0 = taken(hit)
                if q > 1:
                    r1 = taken(hit)
                change = after(rows, seen, x, r0, r1) - cost
                total += heat[min(change + SPAN, 2 * SPAN - 1)] * fewer[q]
                tried[k], weights[k] = x, total
                k += 1
        if k == 0:  # nothing answers it: now and then, what it attacks is dropped
            if drawn(rng, 16) == 0:
                for j in range(WORDS):
                    out = rows[0, y, j] & inside[j]
                    inside[j] ^= out
                    while out != ZERO:
                        left(counts, rows, 64 * j + lowest(out))
                        out &= out - ONE
            continue
        mark = drawn(rng, 1 << 31) / 2147483648.0 * total
        chosen = 0
        while chosen < k - 1 and mark >= weights[chosen]:
            chosen += 1
        x = tried[chosen]
        for j in range(WORDS):
            out = rows[2, x, j] & inside[j]
            inside[j] ^= out
            barred[j] |= out
            while out != ZERO:
                r0 = 64 * j + lowest(out)
                out &= out - ONE
                left(counts, rows, r0)
                back = (clock[0] + 2 + drawn(rng, 3)) % RING
                ring[back, 0] += 1
                ring[back, ring[back, 0]] = r0
        inside[x >> 6] |= ONE << np.uint64(x & 63)
        entered(counts, rows, x)
    return 0
