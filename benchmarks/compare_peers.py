"""The other libraries' solvers, called as their authors mean them to be."""

from collections.abc import Callable
from time import process_time
from typing import Any

import numpy as np
from scipy.optimize import nnls

from evenhand.compare import Panel, Window

HEAVY = 1e3
Solver = Callable[[np.ndarray, np.ndarray], np.ndarray]


def scipy_nnls(donors: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Non-negative least squares with a heavy row for the sum."""
    heavy = HEAVY * float(np.abs(donors).max())
    rows = np.vstack([donors, np.full(donors.shape[1], heavy)])
    return nnls(rows, np.append(target, heavy))[0]


def pysyncon_weights(donors: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Its solver for given predictors' weights, outcomes as predictors, figures in tenths of their spread: coarser scales are
    faster and end far from the optimum.
    """
    from pysyncon import Synth

    scale = float(donors.std()) / 10
    return np.asarray(Synth().w_optimize(V_mat=np.eye(len(target)), X0=donors / scale, X1=target / scale)[0])


def mlsynth_active_set(donors: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Its active-set solver."""
    from mlsynth.utils.bilevel.active_set import solve_simplex_qp

    return np.asarray(solve_simplex_qp(donors, target))


def mlsynth_ridge(donors: np.ndarray, target: np.ndarray) -> np.ndarray:
    """The simplex solver of its ridge-augmented form."""
    from mlsynth.utils.bilevel.ridge_augment import simplex_qp

    return np.asarray(simplex_qp(donors, target))


PEERS: dict[str, tuple[Solver, int]] = {
    "scipy nnls": (scipy_nnls, 10_000),
    "pysyncon": (pysyncon_weights, 8),
    "mlsynth active set": (mlsynth_active_set, 40),
    "mlsynth ridge_augment.simplex_qp": (mlsynth_ridge, 10),
}


def pysyncon_frame(table: Any, unit: str, window: Window) -> float:
    """Its effect of one unit, from a data frame."""
    from pysyncon import Dataprep, Synth

    before = range(window.start, window.event)
    prep = Dataprep(
        foo=table,
        predictors=["value"],
        predictors_op="mean",
        dependent="value",
        unit_variable="unit",
        time_variable="year",
        treatment_identifier=unit,
        controls_identifier=[u for u in table["unit"].unique() if u != unit],
        time_predictors_prior=before,
        time_optimize_ssr=before,
        special_predictors=[("value", [year], "mean") for year in before],
    )
    model = Synth()
    model.fit(dataprep=prep, custom_V=np.ones(len(before) + 1))
    return float(model.att(time_period=range(window.event, window.end + 1))["att"])


def mlsynth_frame(table: Any, unit: str, window: Window) -> float:
    """Its effect of one unit, from a data frame."""
    from mlsynth import VanillaSC

    frame = table.assign(treated=((table["unit"] == unit) & (table["year"] >= window.event)).astype(int))
    fitted = VanillaSC(
        {"df": frame, "outcome": "value", "treat": "treated", "unitid": "unit", "time": "year", "inference": False,
         "display_graphs": False}
    ).fit()  # fmt: skip
    return float(fitted.effects.att)


def azcausal_sdid(panel: Panel, window: Window, unit: str) -> tuple[float, float]:
    """Seconds a fit, and the effect of one unit."""
    import pandas as pd
    from azcausal.core.panel import CausalPanel
    from azcausal.estimators.panel.sdid import SDID

    years, units = panel.periods.tolist(), list(panel.units)
    outcome = pd.DataFrame(panel.values, index=years, columns=units)
    treated = pd.DataFrame(0, index=years, columns=units)
    treated.loc[window.event :, unit] = 1
    made = CausalPanel(data={"outcome": outcome, "intervention": treated})
    start = process_time()
    found = SDID().fit(made)
    return process_time() - start, float(found.effect.value)


def mlsynth_sdid(panel: Panel, window: Window, unit: str) -> tuple[float, float]:
    """Seconds a fit, placebo errors left out as far as it allows, and the effect of one unit."""
    import pandas as pd
    from mlsynth import SDID

    figures = panel.values
    rows = [(u, int(y), figures[t, i], int(u == unit and y >= window.event))
            for i, u in enumerate(panel.units) for t, y in enumerate(panel.periods)]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["unit", "year", "value", "treated"])
    draws = 20
    settings = {
        "df": frame,
        "outcome": "value",
        "treat": "treated",
        "unitid": "unit",
        "time": "year",
        "display_graphs": False,
    }
    start = process_time()
    found = SDID({**settings, "B": draws}).fit()
    seconds = process_time() - start
    return seconds / (draws + 1), float(found.att)


def pysyncon_predictors(panel: Panel, window: Window, found: dict[str, dict[str, str]], unit: str) -> np.ndarray:
    """Weights of the other units, in the panel's order, predictors' weights searched with its defaults."""
    import pandas as pd
    from pysyncon import Synth

    before = panel.values[panel.periods < window.event]
    outcomes = pd.DataFrame(before, columns=list(panel.units))
    predictors = pd.DataFrame({u: [float(v) for v in found[u].values()] for u in panel.units})
    others = [u for u in panel.units if u != unit]
    model = Synth()
    model.fit(X0=predictors[others], X1=predictors[unit], Z0=outcomes[others], Z1=outcomes[unit])
    return np.asarray(model.W)


def mlsynth_predictors(panel: Panel, window: Window, found: dict[str, dict[str, str]], unit: str) -> np.ndarray:
    """Weights of the other units, in the panel's order, predictors' weights searched with its defaults."""
    import pandas as pd
    from mlsynth import VanillaSC

    names = list(next(iter(found.values())))
    rows = [(u, int(y), panel.values[t, i], int(u == unit and y >= window.event), *(float(found[u][k]) for k in names))
            for i, u in enumerate(panel.units) for t, y in enumerate(panel.periods)]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["unit", "year", "value", "treated", *names])
    fitted = VanillaSC(
        {"df": frame, "outcome": "value", "treat": "treated", "unitid": "unit", "time": "year", "covariates": names,
         "inference": False, "display_graphs": False}
    ).fit()  # fmt: skip
    weights = fitted.weights.donor_weights
    return np.array([float(weights.get(u, 0.0)) for u in panel.units if u != unit])
