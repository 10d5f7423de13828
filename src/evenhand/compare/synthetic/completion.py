"""Matrix completion: the panel as a few shared movements, the years after the event left blank (Athey, Bayati, Doudchenko,
Imbens, Khosravi 2021).
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from evenhand.compare.panel import Floats
from evenhand.compare.synthetic.design import Design
from evenhand.compare.synthetic.fitting import Fitted, Fitting

GRID = tuple(2.0**-i for i in range(1, 9))
HELD_OUT = 4
STEPS = 300
CLOSE = 1e-9
SETTLED = 1e-5


@dataclass(frozen=True, slots=True)
class MatrixCompletion(Fitting):
    """Did it break away after the event from what the others' shared movements foretold?

    Its figures from the event on are blank. The panel of it and its donors is split into an effect of each unit, one of
    each period, and a matrix L, to minimise half the squared error on what is not blank plus penalty times the sum of L's
    singular values. penalty is a share of the largest singular value of the panel before the event without those
    effects; None: for each unit, that of ``GRID`` that errs least on the last quarter of its periods before the event,
    blanked in turn (the largest where they tie). There are no weights. A unit whose blanks do not settle is
    ``SOLVER_FAILED``.
    """

    penalty: float | None = None
    name: ClassVar[str] = "matrix-completion"

    def fitted(self, design: Design) -> Fitted:
        m, n = design.event, len(design.unit)
        counterfactual, failed = design.targets.copy(), np.zeros(n, dtype=bool)
        chosen = np.full(n, np.nan if self.penalty is None else float(self.penalty))
        for k in np.flatnonzero(design.codes == 0):
            donors = design.donors[:, design.allowed[k]]
            panel = np.column_stack([design.targets[:, k], donors])
            if self.penalty is None:
                chosen[k] = _chosen(panel[:m])
            counterfactual[:, k], failed[k] = _completed(panel, m, chosen[k] * _largest(panel[:m]))
        return Fitted(
            counterfactual, np.full(n, np.nan), np.zeros(n, dtype=bool), failed, settings=chosen
        )  # fmt: skip


def _demeaned(panel: Floats) -> Floats:
    found: Floats = panel - panel.mean(axis=0) - panel.mean(axis=1)[:, None] + panel.mean()
    return found


def _largest(panel: Floats) -> float:
    return float(np.linalg.norm(_demeaned(panel), 2))


def _chosen(before: Floats) -> float:
    m = len(before)
    cut = m - max(1, m // HELD_OUT)
    if cut < 2:
        return GRID[0]
    largest = _largest(before[:cut])
    errors = []
    for penalty in GRID:
        path, failed = _completed(before, cut, penalty * largest)
        errors.append(np.inf if failed else float(((before[cut:, 0] - path[cut:]) ** 2).sum()))
    return GRID[int(np.argmin(errors))]


def _completed(panel: Floats, event: int, penalty: float) -> tuple[Floats, bool]:
    """[T] the first column as the model has it, its rows from ``event`` on blank; and whether it did not settle.

    With the effects of units and periods taken out in closed form, what is left is smooth and convex in the blanks: the
    Moreau envelope of the penalty at the panel with its blanks filled, whose gradient there is what the model leaves
    over. Minimised by L-BFGS.
    """
    from scipy.optimize import minimize  # noqa: PLC0415

    scale = float(np.abs(_demeaned(panel[:event])).max()) or 1.0
    middle = panel.mean()
    panel, penalty = (panel - middle) / scale, penalty / scale
    full = panel.copy()
    guess = panel[:event, 0].mean() + (panel[event:, 1:].mean(axis=1) - panel[:event, 1:].mean())

    def envelope(blanks: Floats) -> tuple[float, Floats]:
        full[event:, 0] = guess + blanks
        left, value = _left_over(full, penalty)
        return value, left[event:, 0]

    settled = True
    if event < len(panel):
        options = {"gtol": CLOSE, "ftol": 0.0, "maxiter": STEPS, "maxcor": 20}
        found = minimize(envelope, np.zeros(len(guess)), jac=True, method="L-BFGS-B", options=options)
        settled = bool(np.abs(envelope(found.x)[1]).max() <= SETTLED)
    path = full[:, 0] - _left_over(full, penalty)[0][:, 0]
    return middle + scale * path, not settled


def _left_over(full: Floats, penalty: float) -> tuple[Floats, float]:
    """The panel less its effects and less L (singular values are cut at the penalty), and the objective's value."""
    u, d, v = np.linalg.svd(_demeaned(full), full_matrices=False)
    cut = np.minimum(d, penalty)
    return (u * cut) @ v, float((cut * (d - cut / 2)).sum())
