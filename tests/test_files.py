"""A file or a folder appears whole or not at all."""

import contextlib
import os
import resource
import socket
import stat
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from evenhand.files import whole_folder, write_text, write_texts
from evenhand.model import BadInputError


def test_it_writes_and_replaces(tmp_path: Path):
    target = tmp_path / "page.html"
    target.write_text("old", encoding="utf-8")
    write_text("new", target)
    assert target.read_text(encoding="utf-8") == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_a_missing_folder_is_said(tmp_path: Path):
    with pytest.raises(BadInputError, match="does not exist"):
        write_text("new", tmp_path / "none" / "page.html")


def test_a_folder_in_place_of_a_file_is_said(tmp_path: Path):
    with pytest.raises(BadInputError, match="is a folder"):
        write_text("new", tmp_path)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(**_: object) -> tuple[int, str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    with pytest.raises(BadInputError, match="Permission denied"):
        write_text("new", tmp_path / "page.html")
    assert not list(tmp_path.iterdir())


def test_nothing_half_written_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(BadInputError, match="No space left"):
        write_text("new", tmp_path / "page.html")
    assert not list(tmp_path.iterdir())


def test_a_link_stays_and_its_target_is_written(tmp_path: Path):
    target, link = tmp_path / "there" / "page.html", tmp_path / "link.html"
    target.parent.mkdir()
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    write_text("new", link)
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"
    assert [path.name for path in target.parent.iterdir()] == ["page.html"]


def test_a_link_to_what_is_not_there_yet_makes_it(tmp_path: Path):
    link = tmp_path / "link.html"
    link.symlink_to(tmp_path / "later.html")
    write_text("new", link)
    assert link.is_symlink()
    assert (tmp_path / "later.html").read_text(encoding="utf-8") == "new"


def test_links_in_a_circle_are_refused(tmp_path: Path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.symlink_to(two)
    two.symlink_to(one)
    with pytest.raises(BadInputError):
        write_text("new", one)
    assert one.is_symlink()
    assert two.is_symlink()


def test_a_link_to_a_folder_is_refused(tmp_path: Path):
    (tmp_path / "folder").mkdir()
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "folder")
    with pytest.raises(BadInputError, match="is a folder"):
        write_text("new", link)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_written_to_and_stays(tmp_path: Path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(BadInputError, match="cannot write here"):
        write_text("nobody reads", pipe)
    got: list[str] = []
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(reader, True)

    def read() -> None:
        with os.fdopen(reader, encoding="utf-8") as file:
            got.append(file.read())

    thread = threading.Thread(target=read)
    with os.fdopen(os.open(pipe, os.O_WRONLY), "w"):
        thread.start()
        write_text("ü" * 100_000, pipe)
    thread.join()
    assert got == ["ü" * 100_000]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no terminals here")
def test_a_device_is_written_to_and_stays():
    leader, follower = os.openpty()
    device = Path(os.ttyname(follower))
    write_text("told", device)
    assert os.read(leader, 10) == b"told"
    assert device.is_char_device()
    os.close(follower)
    os.close(leader)


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("plug")
        with pytest.raises(BadInputError, match="socket"):
            write_text("new", Path("plug"))
        assert Path("plug").is_socket()


def test_a_disk_that_fills_up_leaves_what_was_there(tmp_path: Path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("old", encoding="utf-8")
    with short_of_room(), pytest.raises(BadInputError, match="it is lost"):
        write_texts({one: "new", two: "x" * 100_000}, cannot="it is lost")
    assert [path.name for path in tmp_path.iterdir()] == ["one"]
    assert one.read_text(encoding="utf-8") == "old"


def test_a_file_that_is_replaced_keeps_who_may_read_it(tmp_path: Path):
    target = tmp_path / "private"
    target.touch(mode=0o600)
    write_text("new", target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_folder_comes_whole_and_gives_way_only_where_it_is_empty(tmp_path: Path):
    target = tmp_path / "made" / "folder"
    target.mkdir(parents=True)
    for _ in range(2):
        with contextlib.suppress(OSError), whole_folder(target) as folder:
            (folder / "one").write_text("1", encoding="utf-8")
    assert [path.name for path in target.iterdir()] == ["one"]
    assert [path.name for path in target.parent.iterdir()] == ["folder"]


def test_a_folder_that_was_not_filled_is_not_there(tmp_path: Path):
    with short_of_room(), pytest.raises(OSError, match="too large"):
        _fill(tmp_path / "folder")
    assert not list(tmp_path.iterdir())


def _fill(target: Path) -> None:
    with whole_folder(target) as folder:
        (folder / "one").write_text("1", encoding="utf-8")
        (folder / "two").write_text("x" * 100_000, encoding="utf-8")


@contextlib.contextmanager
def short_of_room() -> Iterator[None]:
    """Files may not grow beyond some bytes: a write fails half-way, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
