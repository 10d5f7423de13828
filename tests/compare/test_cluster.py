"""The multiverse on a real local cluster of two workers: the same bits, data once per worker, a dead worker no matter."""

import os
import signal
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from evenhand.compare import (
    AllPeers,
    Change,
    DifferenceInDifferences,
    Growth,
    Multiverse,
    NearestPeers,
    NearestUnits,
    Plan,
    SyntheticControl,
    Window,
    groups_of,
    multiverse,
)
from evenhand.compare.cluster import connect
from evenhand.model import BadInputError, Choice, Form, Option

from .inference_panels import drawn

distributed = pytest.importorskip("distributed")
cloudpickle = pytest.importorskip("cloudpickle")
cloudpickle.register_pickle_by_value(sys.modules[__name__])  # the workers cannot import tests
pytestmark = pytest.mark.filterwarnings("ignore")  # a worker that is killed makes its own noise


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as made:
        yield made


@pytest.fixture
def client(cluster: Any) -> Iterator[Any]:
    with distributed.Client(cluster, set_as_default=False) as made:
        made.wait_for_workers(2)
        yield made


def question() -> tuple[Plan, dict[Any, Any], Form]:
    """Twenty windows, five rules, two sets of peers, three panels."""
    panels = {f"m{i}": drawn(i, units=12, periods=30)[0] for i in range(3)}
    windows = [Window(2000, 2008 + i % 5, 2012 + i) for i in range(16)]
    rules = [Change(), Growth(), NearestPeers(k=3), DifferenceInDifferences(), SyntheticControl()]
    choices = (
        Choice("measure", tuple(Option(name, name, name) for name in panels), "measure"),
        Choice("window", tuple(Option(f"w{i}", str(w), w) for i, w in enumerate(windows)), "window"),
        Choice("standard", tuple(Option(rule.name, rule.name, rule) for rule in rules), "standard"),
        Choice("peers", (Option("all", "all", AllPeers()), Option("near", "near", NearestUnits(k=5))), "peers"),
    )
    return Plan(choices, groups_of(panels["m0"])), panels, Form("more")


def same(one: Multiverse, other: Multiverse) -> None:
    for name in ("outcomes", "weights", "keys", "reasons_packed", "twice_rank", "ranked", "rank_row"):
        mine, theirs = getattr(one, name), getattr(other, name)
        assert mine.dtype == theirs.dtype
        assert mine.tobytes() == theirs.tobytes(), name
    for choice in one.choices:
        mine_by, theirs_by = one.counts(choice.id), other.counts(choice.id)
        assert {k: v.tolist() for k, v in mine_by.items()} == {k: v.tolist() for k, v in theirs_by.items()}


def test_the_same_bits_and_the_data_once_per_worker(client: Any) -> None:
    plan, panels, form = question()
    alone = multiverse(plan, panels, form, chunk=7)
    told: list[tuple[int, int]] = []
    before = client.run(bytes_come_in)
    there = multiverse(plan, panels, form, lambda done, total: told.append((done, total)), chunk=7, client=client)
    same(alone, there)
    assert told[-1] == (len(alone.keys), len(alone.keys))
    assert len(told) == -(-len(there.twice_rank) // 7)
    for worker, came in client.run(bytes_come_in).items():
        assert came - before[worker] <= 1  # from the other worker, where the client did not send it there itself


def bytes_come_in(dask_worker: Any) -> int:
    """How often has a worker fetched something from another?"""
    return len(dask_worker.transfer_incoming_log)


def test_a_worker_killed_half_way_costs_only_its_parts(client: Any) -> None:
    plan, panels, form = question()
    alone = multiverse(plan, panels, form)
    pids, killed = client.run(os.getpid), []

    def kill_one(done: int, total: int) -> None:
        if not killed and done >= total // 2:
            killed.append(next(iter(pids.values())))
            os.kill(killed[0], signal.SIGKILL)

    before = client.run_on_scheduler(judgements)
    there = multiverse(plan, panels, form, kill_one, chunk=5, client=client)
    assert killed
    same(alone, there)
    parts = -(-len(there.twice_rank) // 5)
    again = client.run_on_scheduler(judgements) - before - parts
    assert 0 <= again <= 6  # what was under way, three a worker at most, and no more


def judgements(dask_scheduler: Any) -> int:
    """How often was a part judged?"""
    return sum(key.startswith("judge_part") and start == "processing" and end == "memory"
               for key, start, end, *_ in dask_scheduler.transition_log)  # fmt: skip


def test_a_scheduler_that_is_not_there_or_has_no_workers_is_named(client: Any) -> None:
    with pytest.raises(BadInputError, match="no scheduler answers at 'nowhere at all'"):
        connect("nowhere at all")
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=None, processes=False) as empty,
        pytest.raises(BadInputError, match="has no workers"),
    ):
        connect(empty.scheduler_address)
    address = client.scheduler.address
    with connect(address) as own:
        assert own.submit(int.__add__, 1, 2).result() == 3


def test_a_mistake_is_the_same_there(client: Any) -> None:
    plan, panels, form = question()
    panels["m1"].values[0, 0] = np.inf
    with pytest.raises(BadInputError, match="infinite"):
        multiverse(plan, panels, form, client=client)
