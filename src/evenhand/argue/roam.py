"""Sets that answer every attack, by compiled local search: one row of bits a set, one step a swap.

A conflict-free set S wanders until no attacker of it is left unanswered. A step takes one such attacker at random, and
adds it or one of those that attack it, dropping what conflicts; which, is drawn with weight exp(-(change of their
number) / T). What was dropped stays out for one to three steps. How many attackers, targets and conflicts each argument
has in S is kept in bit-sliced counters, so that a candidate costs a few vector operations. Candidates with three
conflicts are tried one time in ten, those with more never; where there is none, what the attacker attacks is now and then
dropped. The weights were chosen on random frameworks (500 arguments; each of 86 random halves attacks every argument
outside it once). Importing this file imports numba.
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
TRIED = 0.1
OFTEN = int(TRIED * 65536)
SPAN = 1024
SIGNATURE = "i8(i8[::1], u8[:,:,::1], u8[:,::1], u8[:,:,::1], i8[:,::1], u8[::1], f8[::1], f8[::1], i8)"
ZERO, ONE = np.uint64(0), np.uint64(1)
M1, M2, M4 = np.uint64(0x5555555555555555), np.uint64(0x3333333333333333), np.uint64(0x0F0F0F0F0F0F0F0F)
M8, STAR = np.uint64(0x0101010101010101), np.uint64(0x2545F4914F6CDD1D)
S1, S2, S4, S56 = np.uint64(1), np.uint64(2), np.uint64(4), np.uint64(56)
S6, S63, S32, S12, S25, S27 = (np.uint64(k) for k in (6, 63, 32, 12, 25, 27))


@njit(inline="always")
def ones(x: Any) -> Any:
    """How many bits are set."""
    x = x - ((x >> S1) & M1)
    x = (x & M2) + ((x >> S2) & M2)
    x = (x + (x >> S4)) & M4
    return np.int64((x * M8) >> S56)


@njit(inline="always")
def drawn(rng: Any, below: Any) -> Any:
    """A whole number from 0, by xorshift64* (Vigna 2016)."""
    x = rng[0]
    x ^= x >> S12
    x ^= x << S25
    x ^= x >> S27
    rng[0] = x
    return np.int64((((x * STAR) >> S32) * np.uint64(below)) >> S32)


@njit
def entered(counts: Any, rows: Any, x: int) -> None:
    """Count one more for each bit of row x of the three relations."""
    for r in range(3):
        for k in range(WORDS):
            carry = rows[r, x, k]
            for p in range(PLANES):
                kept = counts[r, p, k] & carry
                counts[r, p, k] ^= carry
                carry = kept


@njit
def left(counts: Any, rows: Any, x: int) -> None:
    """Count one less."""
    for r in range(3):
        for k in range(WORDS):
            borrow = rows[r, x, k]
            for p in range(PLANES):
                kept = borrow & ~counts[r, p, k]
                counts[r, p, k] ^= borrow
                borrow = kept


@njit(SIGNATURE, cache=True, nogil=True)
def roam(  # noqa: PLR0915 - one compiled function
    clock: Any, rows: Any, state: Any, counts: Any, ring: Any, rng: Any, heat: Any, fewer: Any, steps: int
) -> int:
    """So many steps; 1 where every attack on S is answered, else 0.

    clock: (1,) steps so far. rows: (3, n, WORDS) whom each attacks, who attacks it, either of them. state: (3, WORDS)
    S, what was dropped just now, the unanswered. counts: (3, PLANES, WORDS) attackers, targets and neighbours in S of each.
    ring: (RING, 64) what may come back, by step; the first column counts. heat: weights by change + SPAN; fewer: by conflicts.
    """
    inside, barred, bad = state[0], state[1], state[2]
    none, one, two, three = (
        np.empty(WORDS, np.uint64),
        np.empty(WORDS, np.uint64),
        np.empty(WORDS, np.uint64),
        np.empty(WORDS, np.uint64),
    )
    some, sole, pair, trio = (
        np.empty(WORDS, np.uint64),
        np.empty(WORDS, np.uint64),
        np.empty(WORDS, np.uint64),
        np.empty(WORDS, np.uint64),
    )
    weights = np.empty(MOST, np.float64)
    who = np.empty(MOST, np.int64)
    for _ in range(steps):
        clock[0] += 1
        slot = clock[0] % RING
        for i in range(1, ring[slot, 0] + 1):
            barred[ring[slot, i] >> 6] &= ~(ONE << np.uint64(ring[slot, i] & 63))
        ring[slot, 0] = 0
        cost = 0
        for k in range(WORDS):
            a, b, high = counts[0, 0, k], counts[0, 1, k], counts[0, 2, k] | counts[0, 3, k] | counts[0, 4, k]
            none[k], one[k], two[k], three[k] = ~(a | b | high), a & ~(b | high), b & ~(a | high), a & b & ~high
            a, b, high = counts[1, 0, k], counts[1, 1, k], counts[1, 2, k] | counts[1, 3, k] | counts[1, 4, k]
            some[k], sole[k], pair[k], trio[k] = a | b | high, a & ~(b | high), b & ~(a | high), a & b & ~high
            bad[k] = none[k] & some[k]
            cost += ones(bad[k])
        if cost == 0:
            return 1
        at = drawn(rng, cost)
        y = 0
        for k in range(WORDS):
            here = ones(bad[k])
            if at < here:
                word = bad[k]
                for _ in range(at):
                    word &= word - ONE
                y = 64 * k + ones((word & (~word + ONE)) - ONE)
                break
            at -= here
        tried, total = 0, 0.0
        for k in range(WORDS):
            word = rows[1, y, k]
            if y >> 6 == k:
                word |= ONE << np.uint64(y & 63)
            word &= ~(barred[k] | counts[2, 2, k] | counts[2, 3, k] | counts[2, 4, k])
            both = counts[2, 0, k] & counts[2, 1, k]
            while word != ZERO:
                lowest = word & (~word + ONE)
                word ^= lowest
                if lowest & both != ZERO and drawn(rng, 1 << 16) >= OFTEN:
                    continue
                x = 64 * k + ones(lowest - ONE)
                q, r0, r1, r2 = 0, x, x, x
                for j in range(WORDS):
                    out = rows[2, x, j] & inside[j]
                    while out != ZERO:
                        bit = out & (~out + ONE)
                        out ^= bit
                        r2, r1, r0 = r1, r0, 64 * j + ones(bit - ONE)
                        q += 1
                if q > 3:
                    continue
                after = 0
                if q == 0:
                    for j in range(WORDS):
                        after += ones(none[j] & ~rows[0, x, j] & (some[j] | rows[1, x, j]))
                elif q == 1:
                    for j in range(WORDS):
                        d = none[j] | (one[j] & rows[0, r0, j])
                        e = some[j] & ~(sole[j] & rows[1, r0, j])
                        after += ones(d & ~rows[0, x, j] & (e | rows[1, x, j]))
                else:
                    third = ~ZERO if q == 3 else ZERO
                    for j in range(WORDS):
                        a, b, c = rows[0, r0, j], rows[0, r1, j], rows[0, r2, j] & third
                        d = (
                            none[j]
                            | (one[j] & (a | b | c))
                            | (two[j] & ((a & b) | ((a | b) & c)))
                            | (three[j] & a & b & c)
                        )
                        a, b, c = rows[1, r0, j], rows[1, r1, j], rows[1, r2, j] & third
                        gone = (sole[j] & (a | b | c)) | (pair[j] & ((a & b) | ((a | b) & c))) | (trio[j] & a & b & c)
                        after += ones(d & ~rows[0, x, j] & ((some[j] & ~gone) | rows[1, x, j]))
                total += heat[min(after - cost + SPAN, 2 * SPAN - 1)] * fewer[q]
                who[tried], weights[tried] = x, total
                tried += 1
        if tried == 0:  # nothing answers it: now and then, what it attacks is dropped
            if drawn(rng, 16) == 0:
                for j in range(WORDS):
                    out = rows[0, y, j] & inside[j]
                    inside[j] ^= out
                    while out != ZERO:
                        bit = out & (~out + ONE)
                        out ^= bit
                        left(counts, rows, 64 * j + ones(bit - ONE))
            continue
        mark = drawn(rng, 1 << 31) / 2147483648.0 * total
        chosen = 0
        while chosen < tried - 1 and mark >= weights[chosen]:
            chosen += 1
        x = who[chosen]
        for j in range(WORDS):
            out = rows[2, x, j] & inside[j]
            inside[j] ^= out
            while out != ZERO:
                bit = out & (~out + ONE)
                out ^= bit
                r0 = 64 * j + ones(bit - ONE)
                left(counts, rows, r0)
                barred[j] |= bit
                back = (clock[0] + 2 + drawn(rng, 3)) % RING
                ring[back, 0] += 1
                ring[back, ring[back, 0]] = r0
        inside[x >> 6] |= ONE << np.uint64(x & 63)
        entered(counts, rows, x)
    return 0
