"""Imports that are killed, and imports and readers at the same time: what is there is always whole."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from evenhand.catalog import Catalog
from evenhand.catalog.imported import Shelf
from evenhand.model import BadInputError, EvenhandError

IMPORT = """
import sys
from functools import partial
from pathlib import Path
from evenhand.catalog import Catalog
from evenhand.catalog.bring import import_source
Catalog.open = partial(Catalog.open, folder=Path(sys.argv[1]))
for times in range(int(sys.argv[3])):
    print("go", flush=True)
    import_source(sys.argv[2])
    print("done", flush=True)
"""
FORKS = """
import os, sys
from functools import partial
from pathlib import Path
import evenhand.catalog.bring, evenhand.catalog.importing.mapping, evenhand.catalog.importing.run
from evenhand.catalog import Catalog
Catalog.open = partial(Catalog.open, folder=Path(sys.argv[1]))
for _ in sys.stdin:
    child = os.fork()
    if not child:
        evenhand.catalog.bring.import_source(sys.argv[2])
        os._exit(0)
    print(child, flush=True)
    print(os.waitpid(child, 0)[1], flush=True)
"""
KILLS = 8
READ = """
import sys
from functools import partial
from pathlib import Path
from evenhand.catalog import Catalog
Catalog.open = partial(Catalog.open, folder=Path(sys.argv[1]))
for times in range(6):
    values = Catalog.open().figures("visits").value
    assert len(values) == 3000 and len(set(values.tolist())) == 1, (len(values), set(values.tolist()))
"""


def table(value: float) -> str:
    rows = [f"{unit},{year},{value}\n" for unit in ("Isle", "Colonia", "New East") for year in range(1901, 2001)]
    more = [f"P{i},{year},{value}\n" for i in range(27) for year in range(1901, 2001)]
    return "unit,year,value\n" + "".join(rows + more)


@pytest.fixture
def visits(write):
    def of(value: float) -> Path:
        write("visits.csv", table(value))
        text = "version: 1\nfile: visits.csv\nid: visits\nsource: {citation: Z}\nnew_units: true\n"
        return write(
            "visits.yaml",
            text + "columns: {unit: unit, year: year, value: value}\nmeasure: {id: visits, name: Visits}\n",
        )

    return of


def start(folder: Path, source: Path, times: int = 1) -> subprocess.Popen:
    command = [sys.executable, "-c", IMPORT, str(folder), str(source), str(times)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_a_kill_at_any_moment_leaves_the_catalogue_as_it_was(bring, folder, visits, home):
    bring(str(visits(1.0)))
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-c", FORKS, str(folder), str(visits(1.0))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment) as forks:
        whole = timed(forks, None)[0]
        rng, now, killed = random.Random(7), 1.0, 0
        for i in range(KILLS):
            visits(2.0 + i)
            _, code = timed(forks, whole * (i + rng.random()) / KILLS)
            killed += code != 0
            values = set(Catalog.open().figures("visits").value.tolist())
            assert values in ({now}, {2.0 + i})
            assert values == {2.0 + i} or code != 0
            (now,) = values
            assert len(Shelf().manifests()) == 1
        forks.stdin.close()
    assert killed
    bring(str(visits(50.0)))
    assert len([one for one in (home / "imports" / "files").iterdir() if one.is_dir()]) == 1


def timed(forks: subprocess.Popen, kill_after: float | None) -> tuple[float, int]:
    """One import, killed after so many seconds: how long it took, and how it ended (0: by itself)."""
    forks.stdin.write("go\n")
    forks.stdin.flush()
    child, began = int(forks.stdout.readline()), time.monotonic()
    if kill_after is not None:
        time.sleep(kill_after)
        with contextlib.suppress(ProcessLookupError):  # it had ended by itself
            os.kill(child, signal.SIGKILL)
    code = int(forks.stdout.readline())
    return time.monotonic() - began, code


@pytest.mark.parametrize("step", ["commit", "covered", "_written", "written_rows"])
def test_a_failure_at_each_step_leaves_the_catalogue_as_it_was(bring, visits, monkeypatch, step, home):
    bring(str(visits(1.0)))

    def stop(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    if step == "commit":
        monkeypatch.setattr(Shelf, "commit", stop)
    elif step == "written_rows":
        monkeypatch.setattr("evenhand.catalog.importing.run.digest", stop)
    else:
        monkeypatch.setattr(f"evenhand.catalog.importing.run.{step}", stop)
    with pytest.raises(OSError, match="No space"):
        bring(str(visits(2.0)))
    assert set(Catalog.open().figures("visits").value.tolist()) == {1.0}
    assert len(list((home / "imports" / "files").iterdir())) == 1


def test_two_processes_import_while_another_reads(bring, folder, visits, tmp_path):
    bring(str(visits(1.0)))
    writers = [start(folder, visits(2.0), times=2), start(folder, visits(2.0), times=2)]
    readers = [subprocess.Popen([sys.executable, "-c", READ, str(folder)]) for _ in range(1)]
    assert [one.wait(120) for one in readers] == [0]
    for one in writers:
        one.communicate(timeout=120)
        assert one.returncode == 0
    assert set(Catalog.open().figures("visits").value.tolist()) == {2.0}


def test_what_is_being_read_is_not_cleared_away(bring, visits):
    bring(str(visits(1.0)))
    reader = Catalog.open()
    bring(str(visits(2.0)))
    assert set(reader.figures("visits").value.tolist()) == {1.0}
    Shelf().remove("visits")
    assert set(reader.panel("visits", units=["Isle"]).values[:, 0].tolist()) == {1.0}
    assert not Catalog.open().has_measure("visits")
    del reader
    Shelf().clear()
    assert not list((Shelf().folder / "files").iterdir())


def test_broken_records_and_tables_say_what_to_do(bring, visits, home):
    bring(str(visits(1.0)))
    (parquet,) = (home / "imports" / "files").glob("*/figures.parquet")
    parquet.write_bytes(b"PAR1 broken")
    with pytest.raises(EvenhandError, match="imported figures cannot be read"):
        Catalog.open().figures("visits")
    (home / "imports" / "visits.json").write_text("{")
    with pytest.raises(EvenhandError, match=r"record of an import cannot be read; `evenhand data remove`"):
        Catalog.open()
    assert Shelf().remove("visits") == "visits"
    with pytest.raises(BadInputError, match="nothing is imported"):
        Shelf().remove("visits")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(bring, visits, home):
    home.mkdir()
    home.chmod(0o500)
    with pytest.raises(BadInputError, match="EVENHAND_HOME"):
        bring(str(visits(1.0)))
