"""The solver against the definition of an optimum, against a general QP solver, and against itself."""

import numpy as np
import pytest
from scipy.optimize import linprog

from evenhand.compare import Problems, certify, solve
from evenhand.compare.simplex.ranges import effect_range
from evenhand.compare.simplex.solve import CERTIFIED, FAILED, TIED, one_block

KINDS, HOWS = 8, 4


def problem(seed):
    """Columns, target, allowed: plain; columns or rows of very different size; trends; nearly dependent; duplicates;
    small integers; far from 0. The target: a mix, a mix with noise, a column itself, a mix with a little noise.
    """
    rng = np.random.default_rng(seed)
    m, n = int(rng.integers(1, 25)), int(rng.integers(2, 40))
    kind, how = seed % KINDS, seed // KINDS % HOWS
    x = rng.normal(size=(m, n))
    if kind == 1:
        x *= 10.0 ** rng.uniform(-4, 4, n)
    elif kind == 2:
        x *= 10.0 ** rng.uniform(-4, 4, (m, 1))
    elif kind == 3:
        x = np.cumsum(x, axis=0) + 100
    elif kind == 4:
        rank = int(rng.integers(1, min(m, n) + 1))
        x = rng.normal(size=(m, rank)) @ rng.normal(size=(rank, n)) + 1e-9 * x
    elif kind == 5:
        x[:, n // 2 :] = x[:, : n - n // 2]
    elif kind == 6:
        x = np.round(2 * x)
    elif kind == 7:
        x += 1e6
    target = x @ rng.dirichlet(np.full(n, 0.3)) if how != 2 else x[:, 0].copy()
    if how in {1, 3}:
        target = target + rng.normal(size=m) * x.std() * (1.0 if how == 1 else 1e-4)
    allowed = rng.random(n) < 0.9
    allowed[0] = True
    return x, target, allowed


def solved(x, target, allowed):
    return one_block(Problems(x, allowed[None], target[:, None]))


def by_quadratic_programming(x, target, allowed):
    """The loss that a general QP solver (Clarabel, an interior-point method) reaches."""
    import clarabel
    from scipy import sparse

    columns = x[:, allowed] - target[:, None]
    scale = np.abs(columns).max() or 1.0
    d = columns / scale
    n = d.shape[1]
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    found = clarabel.DefaultSolver(
        sparse.csc_matrix(np.triu(d.T @ d)),
        np.zeros(n),
        sparse.csc_matrix(np.vstack([np.ones((1, n)), -np.eye(n)])),
        np.concatenate([[1.0], np.zeros(n)]),
        [clarabel.ZeroConeT(1), clarabel.NonnegativeConeT(n)],
        settings,
    ).solve()
    weights = np.maximum(np.array(found.x), 0)
    weights /= weights.sum()
    return float(((columns @ weights) ** 2).sum())


@pytest.mark.parametrize("part", range(4))
def test_ten_thousand_hard_problems(part):
    """Each is certified, and no worse than what the QP solver finds."""
    for seed in range(2500 * part, 2500 * (part + 1)):
        x, target, allowed = problem(seed)
        found = solved(x, target, allowed)
        proof = certify(x, target, found.weights[0], allowed=allowed)
        assert proof.holds, (seed, proof, found.status)
        other = by_quadratic_programming(x, target, allowed)
        assert proof.loss <= other * (1 + 1e-9) + 1e-16 * float((x**2).sum()), seed


@pytest.mark.parametrize("ridge", [0.0, 0.3])
def test_penalties_are_part_of_the_optimum(ridge):
    for seed in range(60):
        x, target, allowed = problem(8 * seed)
        linear = np.random.default_rng(seed).random(x.shape[1])
        found = one_block(Problems(x, allowed[None], target[:, None], linear=linear[None], ridge=ridge))
        assert certify(x, target, found.weights[0], allowed=allowed, linear=linear, ridge=ridge).holds


def test_a_certificate_refuses_what_is_not_the_optimum():
    x, target, allowed = problem(1000)
    best = solved(x, target, allowed).weights[0]
    assert certify(x, target, best, allowed=allowed).holds
    worse = best.copy()
    worse[[best.argmax(), np.flatnonzero(allowed & (best == 0))[0]]] += [-1e-3, 1e-3]
    assert not certify(x, target, worse, allowed=allowed).holds
    assert not certify(x, target, best * 0.99, allowed=allowed).holds
    assert not certify(x, target, best, allowed=allowed & (best == 0)).holds


def by_bisection(x, weights):
    """The smallest w >= 0 with the same fit and sum, slowly: projections in turn (Dykstra)."""
    rows = np.vstack([x, np.ones(x.shape[1])])
    inverse = np.linalg.pinv(rows)
    goal, at, slip = rows @ weights, np.zeros(x.shape[1]), np.zeros(x.shape[1])
    for _ in range(200_000):
        flat = at + inverse @ (goal - rows @ at)
        at = np.maximum(flat + slip, 0)
        step = flat + slip - at
        if np.abs(step - slip).max() < 1e-15 and np.abs(rows @ at - goal).max() < 1e-12:
            break
        slip = step
    return at


def test_where_weights_are_not_unique_they_are_the_smallest():
    for seed in range(12):
        rng = np.random.default_rng(seed)
        m, n = int(rng.integers(1, 4)), int(rng.integers(6, 12))
        x = rng.normal(size=(m, n))
        target = x @ rng.dirichlet(np.ones(n))
        found = solved(x, target, np.ones(n, dtype=bool))
        assert found.status[0] == TIED
        assert found.weights[0] == pytest.approx(by_bisection(x, found.weights[0]), abs=1e-8)


def test_the_range_of_effects_holds_every_optimum():
    rng = np.random.default_rng(5)
    x, after = rng.normal(size=(3, 12)), rng.normal(size=12)
    every = np.ones(12, dtype=bool)
    mix = rng.dirichlet(np.ones(12))
    found = solved(x, x @ mix, every).weights[0]
    low, high = effect_range(x, after, found, every, x @ mix)
    assert low <= after @ mix <= high
    rows = np.vstack([x, np.ones(12)])
    for goal, want in ((after, low), (-after, -high)):
        assert linprog(goal, A_eq=rows, b_eq=rows @ mix).fun == pytest.approx(want, abs=1e-7)
    alone = rng.normal(size=(8, 4))
    assert effect_range(alone, after[:4], np.array([0.5, 0.5, 0, 0]), every[:4], alone @ [0.5, 0.5, 0, 0]) is None


def test_alike_donors_share_alike():
    x = np.random.default_rng(1).normal(size=(10, 5))
    x[:, 4] = x[:, 0]
    target = 0.6 * x[:, 0] + 0.4 * x[:, 1]
    found = solved(x, target, np.ones(5, dtype=bool))
    assert found.status[0] == TIED
    assert found.weights[0] == pytest.approx([0.3, 0.4, 0, 0, 0.3])


def windows(rng):
    x = np.cumsum(rng.normal(size=(30, 15)), axis=0)
    allowed = np.stack([~np.eye(15, dtype=bool)] * 3)
    allowed[1, :, 3] = allowed[2, :, [7, 8]] = False
    first = np.repeat(np.arange(8), 3)
    pool = np.tile(np.arange(3), 8)
    base = np.where(pool == 0, -1, np.arange(24) - pool)
    return Problems(x, allowed, first=first, last=first + 20, pool=pool, base=base)


def test_blocks_warm_starts_threads_and_shared_optima_change_nothing():
    plain = windows(np.random.default_rng(3))
    alone = solve(plain._replace(base=None))
    for warm in (False, True):
        for threads in (1, 2):
            found = solve(plain._replace(warm=warm), threads=threads)
            assert found.weights == pytest.approx(alone.weights, abs=1e-9)
            assert (found.status == CERTIFIED).all()
            assert found.proved.any()
            assert (found.certificate <= 1e-10).all()
    assert not alone.proved.any()


def test_who_has_no_column_is_not_solved():
    found = one_block(Problems(np.ones((3, 2)), np.array([[False, True], [False, False]])))
    assert found.status.tolist() == [TIED, FAILED] or found.status.tolist() == [CERTIFIED, FAILED]
