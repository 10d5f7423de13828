"""A page appears whole or not at all."""

import tempfile
from pathlib import Path

import pytest
from report_builders import audit

from evenhand.model import BadInputError
from evenhand.report import write_page


def test_it_writes_and_replaces(tmp_path: Path):
    target = tmp_path / "page.html"
    target.write_text("old", encoding="utf-8")
    write_page(audit(), target)
    assert target.read_text(encoding="utf-8").lstrip().startswith("<!doctype html>")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_a_missing_folder_is_said(tmp_path: Path):
    with pytest.raises(BadInputError, match="does not exist"):
        write_page(audit(), tmp_path / "none" / "page.html")


def test_a_folder_in_place_of_a_file_is_said(tmp_path: Path):
    with pytest.raises(BadInputError, match="is a folder"):
        write_page(audit(), tmp_path)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(**_: object) -> tuple[int, str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    with pytest.raises(BadInputError, match="Permission denied"):
        write_page(audit(), tmp_path / "page.html")
    assert not list(tmp_path.iterdir())


def test_nothing_half_written_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(BadInputError, match="No space left"):
        write_page(audit(), tmp_path / "page.html")
    assert not list(tmp_path.iterdir())
