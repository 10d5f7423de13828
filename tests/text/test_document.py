"""What is read, and what is said of what cannot be."""

import hashlib
from pathlib import Path

import pytest

from evenhand.model import BadInputError
from evenhand.text import read


def test_offsets_are_code_points_of_the_text_as_it_stands(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf# A title\r\nno\xc2\xa0break \xf0\x9f\x98\x80 end\r"
    path = tmp_path / "essay.md"
    path.write_bytes(data)
    document = read(path)
    assert document.text == "# A title\r\nno\u00a0break 😀 end\r"
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.title == "A title"
    assert read(str(path)) == document


@pytest.mark.parametrize(
    ("text", "offset", "line"),
    [
        ("a\nb", 2, 2),
        ("a\r\nb", 3, 2),
        ("a\rb", 2, 2),
        ("a\r\nb", 2, 1),
        ("a\r\n\rb", 4, 3),
        ("", 0, 1),
        ("a\n\nb", 3, 3),
    ],
)
def test_lines_are_counted_whatever_ends_them(tmp_path: Path, text: str, offset: int, line: int) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x" + text, encoding="utf-8", newline="")
    assert read(path).line_of(offset + 1) == line


SAVE = "save it as plain text in UTF-8 and try again"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the text is empty; write or paste the text into it first"),
        (b" \n\xc2\xa0\r\n", "the text is empty; write or paste the text into it first"),
        (b"one\ntw\xf6\n", f"this is not UTF-8: byte 6, on line 2, is 0xf6; {SAVE}"),
        ("zwölf".encode("utf-16"), f"this is UTF-16, not UTF-8; {SAVE}"),
        (b"a\x00b", f"this is a binary file, not a text: byte 1 is zero; {SAVE}"),
        (b"%PDF-1.7 ...", f"this is a PDF, not a text; {SAVE}"),
        (b"PK\x03\x04...", f"this is a Word, OpenDocument or zip file, not a text; {SAVE}"),
    ],
)
def test_what_is_no_text_is_said_to_be_none(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "essay.txt"
    path.write_bytes(data)
    with pytest.raises(BadInputError) as caught:
        read(path)
    assert str(caught.value) == f"{path}: {message}"
    assert caught.value.exit_code == 2


def test_a_missing_file_is_an_error_that_shows_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "essay.txt").write_text("x")
    with pytest.raises(BadInputError) as caught:
        read(tmp_path / "esay.txt")
    assert str(caught.value) == f"{tmp_path}/esay.txt: there is no such file; the folder holds essay.txt"
    with pytest.raises(BadInputError) as caught:
        read(tmp_path / "no" / "essay.txt")
    assert str(caught.value).endswith(f"there is no such file; there is no folder {tmp_path}/no either")


def test_a_folder_is_not_a_text(tmp_path: Path) -> None:
    with pytest.raises(BadInputError) as caught:
        read(tmp_path)
    assert str(caught.value) == f"{tmp_path}: this is a folder, not a file; name a file in it"


def test_a_name_that_no_system_allows_is_an_error_too(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="cannot be read"):
        read(tmp_path / "a\0b")
