"""A small case with everything that exports hold, for all tests of this folder."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "report" / "map"))
from bakeries import CASE, TEXT


@pytest.fixture
def case_path(tmp_path: Path) -> Path:
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "bakeries.txt").write_text(TEXT, encoding="utf-8")
    path = folder / "bakeries.case.yaml"
    path.write_text(CASE, encoding="utf-8")
    return path


@pytest.fixture
def exported(case_path: Path, capfd: pytest.CaptureFixture[str]):
    """Runs ``evenhand export`` and gives what it wrote, as bytes."""
    from evenhand.cli import run

    def export(form: str, name: str = "out", path: Path = case_path) -> bytes:
        target = case_path.parent / name
        code = run(["export", str(path), "--to", form, "-o", str(target)])
        said = capfd.readouterr()
        assert code == 0, said.err
        return target.read_bytes()

    return export
