"""Dawid and Skene (1979), "Maximum Likelihood Estimation of Observer Error-Rates Using the EM Algorithm", Applied
Statistics 28(1), and its one-coin version, in which each source has one accuracy.
"""

from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np

from evenhand.model import BadInputError
from evenhand.sources.blocks import in_blocks, summed
from evenhand.sources.kernels import dawid_skene as kernels
from evenhand.sources.kernels.facts import sorted_by_item
from evenhand.sources.result import NO_ANSWER, Truth
from evenhand.sources.testimony import Floats, Testimony

Start = Literal["shares", "majority"]
STARTS: tuple[Start, ...] = get_args(Start)
LEAST = 1e-10
BLOCKS = 16
ROOM = 64_000_000
"""Doubles that the blocks' own sums may take; with very many sources there are fewer blocks."""
MOST_CLASSES = 255
MOST_LANES = 8
"""Up to so many classes the kernels are compiled for their number."""


@dataclass(frozen=True, slots=True, eq=False)
class Confusion:
    """The fitted model. posterior: [I, K], rows of 1 (0 where nobody speaks). prior: [K].

    error: [S, K said, K true], ``error[s, said, true]`` sums to 1 over what is said. bound: mean evidence lower bound
    of each round. log_likelihood: of the last round.
    """

    posterior: Floats
    prior: Floats
    error: Floats
    bound: tuple[float, ...]
    log_likelihood: float

    @property
    def accuracy(self) -> Floats:
        """[S] how often each source says what is true, over the prior."""
        result: Floats = np.einsum("skk,k->s", self.error, self.prior)
        return result


def dawid_skene(
    testimony: Testimony,
    *,
    one_coin: bool = False,
    rounds: int = 100,
    tolerance: float = 1e-5,
    start: Start | Floats = "shares",
    prior_each: bool = False,
    pooled: float = 0.0,
) -> Confusion:
    """Who errs how, and what is true then? EM until the bound gains less than ``tolerance`` a statement. Every statement
    counts; classes are all values of the testimony (at most 255).

    start: from the shares of the votes, from the majority taken as sure (shared where level), or from [I, K]; EM ends
    in different fixed points from different starts.

    pooled: how many statements of the table of all sources together each source's own table is drawn towards; 0 for
    none, the published method. prior_each: count the prior with each statement rather than with each item when asking
    whether to stop, as crowd-kit 1.4 does; the rounds are the same, but that sum may fall, and then it stops earlier.
    """  # fmt: skip
    classes = len(testimony.values)
    if classes > MOST_CLASSES:
        hint = "one error table a source needs few classes; try accu, which needs one accuracy a source"
        raise BadInputError(f"Dawid-Skene over {classes} different values", hint=hint)
    fit = _Fit(testimony, one_coin=one_coin, prior_each=prior_each, pooled=pooled)
    fit.first(start)
    bound: list[float] = []
    likelihood = -np.inf
    for _ in range(rounds):
        gain, likelihood = fit.round()
        bound.append(gain)
        if len(bound) > 1 and bound[-1] - bound[-2] < tolerance:
            break
    return Confusion(fit.posterior, fit.prior, fit.error, tuple(bound), likelihood)


def confusion_truth(
    testimony: Testimony,
    *,
    one_coin: bool = False,
    rounds: int = 100,
    tolerance: float = 1e-5,
    start: Start | Floats = "shares",
) -> Truth:
    """The same as a :class:`Truth`, so that it stands beside the other methods."""
    fit = dawid_skene(testimony, one_coin=one_coin, rounds=rounds, tolerance=tolerance, start=start)
    item, value = np.nonzero(fit.posterior > 0)
    highest = fit.posterior.max(axis=1, keepdims=True)
    level = (fit.posterior >= highest * (1 - 1e-9)) & (highest > 0)
    answer = np.where(level.sum(axis=1) == 1, fit.posterior.argmax(axis=1), NO_ANSWER).astype(np.int32)
    spoke = np.bincount(testimony.source, minlength=len(testimony.sources)) > 0
    return Truth(
        "one-coin" if one_coin else "dawid-skene", answer, item.astype(np.int32), value.astype(np.int32),
        fit.posterior[item, value], np.where(spoke, fit.accuracy, np.nan), fit.log_likelihood, len(fit.bound),
    )  # fmt: skip


def _sure(shares: Floats) -> Floats:
    """The majority as sure; level classes share an item."""
    level = (shares > 0) & (shares >= shares.max(axis=1, keepdims=True) * (1 - 1e-9))
    sure: Floats = level / np.maximum(level.sum(axis=1, keepdims=True), 1)
    return sure


class _Fit:
    """The arrays of one fit. error, log_error: [S, K said, K true]. Blocks of items add to sums of their own."""

    def __init__(self, testimony: Testimony, *, one_coin: bool, prior_each: bool, pooled: float) -> None:
        sources, classes = len(testimony.sources), len(testimony.values)
        self.begin, source, label = sorted_by_item(
            testimony.item, testimony.source, testimony.value, len(testimony.items)
        )
        wide = sources * classes * classes >= 2**31
        self.cells = source.astype(np.int64 if wide else np.int32, copy=False) * (classes * classes) + label * classes
        self.one_coin, self.prior_each, self.pooled = one_coin, prior_each, pooled
        self.lanes: Any = (0,) * classes if classes <= MOST_LANES else np.zeros(classes, np.int64)
        self.posterior = np.zeros((len(testimony.items), classes))
        self.shape = (sources, classes, classes)
        size = sources * classes * classes
        self.blocks = max(1, min(BLOCKS, ROOM // max(size, 1)))
        self.counts = np.zeros((self.blocks, size))
        self.sums = np.zeros((self.blocks, classes + 2))
        self.error = self.log_error = np.zeros(self.shape)
        self.prior = np.full(classes, 1 / max(classes, 1))

    def first(self, start: Start | Floats) -> None:
        """The error tables that go with the vote, or with a given posterior."""
        if isinstance(start, str):
            kernels.shares(self.begin, self.cells, self.posterior)
            if start == "majority":
                self.posterior[:] = _sure(self.posterior)
        else:
            self.posterior[:] = start
        self._over_blocks(kernels.tally, self.posterior)
        self._maximise()

    def round(self) -> tuple[float, float]:
        """One E-step and one M-step: the mean bound after it, and the log-likelihood before it."""
        log_prior = np.log(np.maximum(self.prior, LEAST))
        self._over_blocks(kernels.expect, self.posterior, self.log_error.ravel(), log_prior, self.lanes)
        entropy, likelihood = self._maximise()
        of_class = (self.by_class if self.prior_each else self.of_items) @ np.log(np.maximum(self.prior, LEAST))
        expected = float((self.total * self.log_error).sum() + of_class)
        return (expected + entropy) / max(len(self.cells), 1), likelihood

    def _over_blocks(self, kernel: Any, *arrays: Any) -> None:
        self.counts[:] = 0
        self.sums[:] = 0

        def work(block: int, first: int, last: int) -> None:
            kernel(self.begin, self.cells, *arrays, self.counts[block], self.sums[block], first, last)

        in_blocks(work, len(self.begin) - 1, self.blocks, len(self.cells) * self.shape[1])

    def _maximise(self) -> tuple[float, float]:
        """Error tables and prior from the sums of the blocks; returns the entropy and the log-likelihood among them."""
        self.total = summed(self.counts).reshape(self.shape)
        sums = summed(self.sums)
        entropy, likelihood = float(sums[-2]), float(sums[-1])
        self.prior = sums[:-2] / max(sums[:-2].sum(), 1e-300)
        self.of_items = sums[:-2]
        self.by_class = self.total.sum(axis=(0, 1))
        if self.one_coin:
            self.error = _one_coin(self.total)
        else:
            drawn = self.total
            if self.pooled:
                every = self.total.sum(axis=0)
                drawn = drawn + self.pooled * every / np.maximum(every.sum(axis=0), LEAST)
            said = drawn.sum(axis=2, keepdims=True) > 0
            clipped = np.where(said, np.maximum(drawn, LEAST), 0.0)
            self.error = clipped / np.maximum(clipped.sum(axis=1, keepdims=True), LEAST)
        self.log_error = np.log(np.maximum(self.error, 1e-300))
        return entropy, likelihood


def _one_coin(total: Floats) -> Floats:
    """[S, K, K] where each source is right with one accuracy and otherwise says any other class alike."""
    classes = total.shape[1]
    right = np.trace(total, axis1=1, axis2=2)
    accuracy = np.clip(right / np.maximum(total.sum(axis=(1, 2)), LEAST), LEAST, 1 - LEAST)
    wrong = (1 - accuracy) / max(classes - 1, 1)
    error = np.repeat(wrong, classes * classes).reshape(total.shape)
    error[:, np.arange(classes), np.arange(classes)] = accuracy[:, None]
    return error
