"""Speed at equal accuracy, beside crowd-kit, truthdiscovery and snorkel in the same run.

The peers are in the extra ``bench``; truthdiscovery pins versions of twenty libraries that it does not need to run, so it is
installed with ``pip install --no-deps truthdiscovery bidict imageio``. What is not installed is said to be not measured.
"""

import resource
import sys
import time
import types
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.results import Target, machine
from evenhand.sources import Testimony, dawid_skene, facts_of, statements, truth_finder, truth_under_copying, vote

ROUNDS = 10


def crowd(rows: int, *, sources: int = 2000, classes: int = 4, each: int = 10, seed: int = 1) -> tuple[Testimony, Any]:
    """Testimony of ``rows`` statements, ``each`` an item, by sources of accuracy .3 to .9; and the truth [I]."""
    rng = np.random.default_rng(seed)
    items = rows // each
    item = np.repeat(np.arange(items, dtype=np.int32), each)
    source = rng.integers(0, sources, rows, dtype=np.int32)
    right = rng.integers(0, classes, items, dtype=np.int32)
    skill = rng.uniform(0.3, 0.9, sources).astype(np.float32)
    value = right[item]
    wrong = rng.random(rows, dtype=np.float32) >= skill[source]
    value[wrong] = (value[wrong] + rng.integers(1, classes, int(wrong.sum()), dtype=np.int32)) % classes
    return statements(source, item, value), right


def timed(work: Callable[[], Any], times: int = 3) -> tuple[float, Any]:
    """The shortest of several runs in seconds, and what the last returned."""
    seconds, result = [], None
    for _ in range(times):
        start = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - start)
    return min(seconds), result


def run(*, huge: bool = False) -> tuple[str, list[Target]]:
    """Every row of the table; ours are compiled first by a run on little."""
    small, _ = crowd(1000)
    dawid_skene(small)
    vote(facts_of(small))
    truth_finder(facts_of(small))
    said, right = crowd(1_000_000)
    lines = [
        f"1,000,000 observations, 2,000 sources, 4 classes; {machine('crowd-kit', 'truthdiscovery', 'snorkel')}.",
        "",
        "| | ours, s | accuracy | peer, s | accuracy | times faster |",
        "|---|---|---|---|---|---|",
    ]
    targets = []
    for part in (_dawid_skene, _voting, _truth_finder, _label_model):
        line, target = part(said, right)
        lines.append(line)
        targets.append(target)
    line, target = _copying()
    lines += ["", line]
    targets.append(target)
    if huge:
        line, target = _huge()
        lines += ["", line]
        targets.append(target)
    return "\n".join(lines), targets


def _row(name: str, ours: tuple[float, float], peer: tuple[float, float] | None, wanted: int) -> tuple[str, Target]:
    if peer is None:
        line = f"| {name} | {ours[0]:.3f} | {ours[1]:.4f} | not installed | | |"
        return line, Target(name, f"at least {wanted} times", "peer not installed", None)
    ratio = peer[0] / ours[0]
    line = f"| {name} | {ours[0]:.3f} | {ours[1]:.4f} | {peer[0]:.2f} | {peer[1]:.4f} | {ratio:.0f} |"
    met = ratio >= wanted and ours[1] >= peer[1] - 0.001
    return line, Target(name, f"at least {wanted} times", f"{ratio:.0f} times", met)


def _ours(said: Testimony, right: Any, *, one_coin: bool = False) -> tuple[float, float]:
    seconds, fit = timed(lambda: dawid_skene(said, one_coin=one_coin, rounds=ROUNDS, tolerance=-np.inf))
    return seconds, float((fit.posterior.argmax(axis=1) == right).mean())


def _dawid_skene(said: Testimony, right: Any) -> tuple[str, Target]:
    peer = None
    try:
        import pandas as pd  # noqa: PLC0415
        from crowdkit.aggregation import DawidSkene  # noqa: PLC0415
    except ImportError:
        pass
    else:
        frame = pd.DataFrame({"task": said.item, "worker": said.source, "label": said.value})
        seconds, fit = timed(lambda: DawidSkene(n_iter=ROUNDS, tol=-np.inf).fit(frame), 1)
        peer = seconds, float((fit.labels_.sort_index().to_numpy() == right).mean())
        ours = dawid_skene(said, rounds=ROUNDS, tolerance=-np.inf).posterior
        theirs = fit.probas_.sort_index()[sorted(fit.probas_.columns)].to_numpy()
        apart = float(np.abs(ours - theirs).max())
        line, target = _row("Dawid-Skene, 10 rounds, beside crowd-kit", _ours(said, right), peer, 20)
        got = f"{target.got}; posteriors differ by at most {apart:.1e}"
        return line, Target(
            target.what, f"{target.wanted}, same posterior to 1e-6", got, bool(target.met) and apart <= 1e-6
        )
    return _row("Dawid-Skene, 10 rounds, beside crowd-kit", _ours(said, right), peer, 20)


def _peer(algorithm: str, said: Testimony, right: Any) -> tuple[float, float] | None:
    """Truthdiscovery's dataset is built first and its time counted, as ours is."""
    sys.modules.setdefault("cairo", types.ModuleType("cairo"))  # it draws graphs when imported, never here
    try:
        import truthdiscovery.algorithm.truth_finder  # noqa: PLC0415
        import truthdiscovery.algorithm.voting  # noqa: PLC0415
        from truthdiscovery.input.dataset import Dataset  # noqa: PLC0415
    except ImportError:
        return None
    kinds = {
        "vote": truthdiscovery.algorithm.voting.MajorityVoting,
        "truthfinder": truthdiscovery.algorithm.truth_finder.TruthFinder,
    }
    # one statement for each source and item, which is all that it accepts
    pairs = dict(zip(zip(said.source.tolist(), said.item.tolist(), strict=True), said.value.tolist(), strict=True))
    triples = [(source, item, value) for (source, item), value in pairs.items()]
    seconds, result = timed(lambda: kinds[algorithm]().run(Dataset(triples)), 1)
    answers = [max(beliefs, key=beliefs.get) for _, beliefs in sorted(result.belief.items())]
    return seconds, float((np.array(answers) == right).mean())


def _right(answer: Any, right: Any) -> float:
    return float((answer == right).mean())


def _voting(said: Testimony, right: Any) -> tuple[str, Target]:
    seconds, found = timed(lambda: vote(facts_of(said)))
    return _row(
        "voting beside truthdiscovery", (seconds, _expected(said, found, right)), _peer("vote", said, right), 100
    )


def _truth_finder(said: Testimony, right: Any) -> tuple[str, Target]:
    seconds, found = timed(lambda: truth_finder(facts_of(said)))
    ours = seconds, _expected(said, found, right)
    return _row("TruthFinder beside truthdiscovery", ours, _peer("truthfinder", said, right), 100)


def _expected(said: Testimony, found: Any, right: Any) -> float:
    """Accuracy with level values drawn by lot, as a peer that takes the first does on average."""
    items = len(said.items)
    top = np.zeros(items)
    np.maximum.at(top, found.item, found.support)
    level = found.support >= top[found.item] * (1 - 1e-9)
    count = np.bincount(found.item[level], minlength=items)
    hit = np.bincount(found.item[level & (found.value == right[found.item])], minlength=items)
    return float((hit / np.maximum(count, 1)).mean())


def _label_model(said: Testimony, right: Any) -> tuple[str, Target]:
    """Snorkel wants a dense matrix of items by sources and takes minutes for 1e5: both have 20,000 statements."""
    name = "one-coin Dawid-Skene beside snorkel's label model (20,000 observations)"
    said, right = crowd(len(said.item) // 50)
    try:
        from snorkel.labeling.model.label_model import LabelModel  # noqa: PLC0415
    except (ImportError, OSError):
        return _row(name, _ours(said, right, one_coin=True), None, 500)
    matrix = np.full((len(said.items), len(said.sources)), -1, dtype=np.int64)
    matrix[said.item, said.source] = said.value

    def fitted() -> Any:
        model = LabelModel(cardinality=4, verbose=False)
        model.fit(matrix, n_epochs=100, seed=1, progress_bar=False)
        return model.predict(matrix)

    seconds, answer = timed(fitted, 1)
    return _row(name, _ours(said, right, one_coin=True), (seconds, _right(answer, right)), 500)


def _copying() -> tuple[str, Target]:
    """2,000 sources, 50 on each of 20,000 items; 200 of them copy one of 50 others with rate .8."""
    rng = np.random.default_rng(0)
    sources, items, each = 2000, 20_000, 50
    item = np.repeat(np.arange(items, dtype=np.int32), each)
    source = np.argsort(rng.random((items, sources), dtype=np.float32), axis=1)[:, :each].ravel().astype(np.int32)
    skill = rng.uniform(0.4, 0.9, sources)
    value = np.where(rng.random(len(item)) < skill[source], 0, rng.integers(1, 11, len(item)))
    table = np.full((items, sources), -1, np.int8)
    table[item, source] = value
    pairs = {(sources - 1 - k, k // 4) for k in range(200)}
    for copier, origin in pairs:
        taken = (table[:, copier] >= 0) & (table[:, origin] >= 0) & (rng.random(items) < 0.8)
        table[taken, copier] = table[taken, origin]
    said = statements(source, item, table[item, source].astype(np.int32))
    truth_under_copying(statements(source[:5000] % 20, item[:5000], said.value[:5000]))
    before = time.process_time()
    seconds, found = timed(lambda: truth_under_copying(said), 1)
    spent = time.process_time() - before
    linked = {frozenset((int(link.source), int(link.origin))) for link in found.links if link.probability > 0.5}
    hits = sum(frozenset(pair) in linked for pair in pairs)
    line = (
        f"Copy detection, 2,000 sources, 1,000,000 observations (two starts): {seconds:.1f} s, {spent:.1f} s of processor time; "
        f"{hits} of 200 copiers found (an average pair shares 12 items), {len(linked) - hits} false links among 1,999,000 pairs."
    )
    return line, Target(
        "copy detection, 2,000 sources, 1e6 observations", "under 10 s", f"{seconds:.1f} s", seconds < 10
    )


def _huge() -> tuple[str, Target]:
    said, right = crowd(100_000_000)
    seconds, fit = timed(lambda: dawid_skene(said, rounds=ROUNDS, tolerance=-np.inf), 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    accuracy = float((fit.posterior.argmax(axis=1) == right).mean())
    line = f"100,000,000 observations, Dawid-Skene, 10 rounds: {seconds:.0f} s, peak {peak:.1f} GB, accuracy {accuracy:.4f}."
    met = seconds < 90 and peak < 12
    return line, Target(
        "Dawid-Skene on 1e8 observations", "under 90 s and 12 GB", f"{seconds:.0f} s, {peak:.1f} GB", met
    )
