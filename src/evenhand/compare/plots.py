"""Pictures with matplotlib: one hue for whoever is judged, grey for all others, whoever that is."""

from typing import Any

import numpy as np

from evenhand.compare.multiverse import Multiverse
from evenhand.compare.study import PLOTS, Study
from evenhand.compare.verdict import verdict
from evenhand.model import BadInputError, Outcome, closest_words

INK, SOFT, FAINT = "#1b5e84", "#8a8a8a", "#c9c9c9"
OF_MULTIVERSE = ("curve", "hinges")
MOST_WAYS = 2_000
MOST_BARS = 60


def draw(study: Study, kind: str, ax: Any = None) -> Any:
    """Draws one picture of a study; gives the axes."""
    drawers = {"paths": paths, "gaps": gaps, "ratios": ratios, "weights": weights}
    return _chosen(kind, PLOTS, drawers)(study, _axes(ax))


def draw_multiverse(found: Multiverse, kind: str, unit: str, ax: Any = None) -> Any:
    """Draws all results in order, or what they hinge on; gives the axes."""
    return _chosen(kind, OF_MULTIVERSE, {"curve": curve, "hinges": hinges})(found, unit, _axes(ax))


def paths(study: Study, ax: Any) -> Any:
    """The subject's figures and those of its counterfactual."""
    found, u = study.fits(), study.panel.units.index(study.subject)
    years = found.periods
    ax.plot(years, found.observed[:, u], color=INK, linewidth=2, label=study.subject)
    ax.plot(years, found.counterfactual[:, u], color=INK, linestyle="--", label=f"its {study.standard.name}")
    _event(ax, study.window.event)
    ax.legend(frameon=False)
    return _done(ax, f"{study.subject} and its counterfactual", "", "")


def gaps(study: Study, ax: Any) -> Any:
    """Everybody's gap, the subject's on top."""
    found, u = study.fits(), study.panel.units.index(study.subject)
    for v in np.flatnonzero(found.codes == 0):
        if v != u:
            ax.plot(found.periods, found.gaps[:, v], color=FAINT, linewidth=0.8, zorder=1)
    ax.plot([], [], color=FAINT, label=f"{int((found.codes == 0).sum()) - 1} others, judged alike")
    ax.plot(found.periods, found.gaps[:, u], color=INK, linewidth=2, zorder=3, label=study.subject)
    ax.axhline(0, color=SOFT, linewidth=0.8)
    _event(ax, study.window.event)
    ax.legend(frameon=False)
    return _done(ax, "Figures less counterfactual, for every unit", "", "gap")


def ratios(study: Study, ax: Any) -> Any:
    """The ratio of the error after the event to the error before it, of every unit, largest last."""
    found = study.placebo("ratio")
    order = [int(u) for u in np.argsort(found.statistic, kind="stable") if np.isfinite(found.statistic[u])]
    at = order.index(study.panel.units.index(study.subject))
    shown = order if len(order) <= MOST_BARS else sorted({*range(0, len(order), -(-len(order) // MOST_BARS)), at})
    if len(order) > MOST_BARS:
        shown = [order[i] for i in shown]
    names = [study.panel.units[u] for u in shown]
    colours = [INK if name == study.subject else FAINT for name in names]
    ax.barh(range(len(names)), found.statistic[shown], color=colours)
    ax.set_yticks(range(len(names)), labels=names, fontsize=7)
    left_out = f" ({len(shown)} of {len(order)} shown)" if len(shown) < len(order) else ""
    return _done(ax, f"Error after the event over error before it{left_out}", "ratio", "")


def weights(study: Study, ax: Any) -> Any:
    """The subject's donors and their weights."""
    donors = study.donors()[::-1]
    ax.barh(range(len(donors)), [weight for _, weight in donors], color=INK)
    ax.set_yticks(range(len(donors)), labels=[name for name, _ in donors])
    return _done(ax, f"What the counterfactual of {study.subject} is made of", "weight", "")


def curve(found: Multiverse, unit: str, ax: Any) -> Any:
    """All results in order: where the unit stands among all, under every way that was judged."""
    outcomes, percentiles = found.of(unit), found.percentiles(unit)
    judged = np.flatnonzero((outcomes != Outcome.NOT_JUDGED) & ~np.isnan(percentiles))
    if not len(judged):
        raise BadInputError(f"no combination could be judged for {unit!r}", hint=", ".join(found.reasons(unit)))
    order = judged[np.argsort(percentiles[judged], kind="stable")]
    shown = order[np.linspace(0, len(order) - 1, min(len(order), MOST_WAYS)).astype(np.int64)]
    holds = outcomes[shown] == Outcome.HOLDS
    place = np.arange(len(shown))
    for which, colour, label in ((holds, INK, "it holds"), (~holds, SOFT, "it does not")):
        ax.scatter(place[which], percentiles[shown][which], s=8, color=colour, label=f"{label} ({int(which.sum())})")
    ax.legend(frameon=False)
    part = f"{len(shown)} of {len(order)} ways, evenly spaced" if len(shown) < len(order) else f"{len(order)} ways"
    return _done(ax, f"{unit}: all results in order", part, "share of all units below")


def hinges(found: Multiverse, unit: str, ax: Any) -> Any:
    """How much of the variance of the outcome each choice explains."""
    said = verdict(found, unit)
    named = list(said.hinges)[::-1]
    ax.barh(range(len(named)), [one.share for one in named], color=INK)
    ax.set_yticks(range(len(named)), labels=[one.choice for one in named])
    rest = "nothing that was tried changes it" if not named else f"{said.interaction:.0%} by no single choice"
    return _done(ax, f"{unit}: what the outcome hinges on", f"share explained; {rest}", "")


def _chosen(kind: str, allowed: tuple[str, ...], drawers: dict[str, Any]) -> Any:
    if kind not in drawers:
        near = closest_words(kind, allowed)
        raise BadInputError(
            f"there is no plot {kind!r}", hint=f"did you mean {near[0]}?" if near else ", ".join(allowed)
        )
    return drawers[kind]


def _axes(ax: Any) -> Any:
    if ax is not None:
        return ax
    try:
        from matplotlib import pyplot as plt  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise BadInputError("drawing needs matplotlib", hint="pip install 'evenhand[plot]'") from error
    return plt.subplots(layout="constrained")[1]


def _event(ax: Any, event: int) -> None:
    ax.axvline(event - 0.5, color=SOFT, linestyle=":", linewidth=1)


def _done(ax: Any, title: str, x: str, y: str) -> Any:
    ax.set_title(title, fontsize=10)
    ax.set_xlabel(x)
    ax.set_ylabel(y)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    return ax
