"""``evenhand audit --scheduler``: the same page from a cluster of two other processes."""

import pytest


def test_a_cluster_makes_the_same_page(run, folder):
    distributed = pytest.importorskip("distributed")
    case = folder / "essay.case.yaml"
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as cluster:
        there = run("audit", case, "-o", folder / "there.html", "--scheduler", cluster.scheduler_address)
        with distributed.Client(cluster) as client:
            parts = client.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.transition_log))
    assert there.returncode == 0, there.stderr
    assert parts > 0, "nothing was judged on the cluster"
    here = run("audit", case, "-o", folder / "here.html")
    assert here.returncode == 0, here.stderr
    assert (folder / "there.html").read_bytes() == (folder / "here.html").read_bytes()
