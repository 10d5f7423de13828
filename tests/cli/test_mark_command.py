"""Marking by hand, in a real pseudo-terminal: keys, undo, kill and go on; and texts from elsewhere."""

import io
import json
import sys
from functools import reduce

import pytest
from terminal import BACKTAB, DOWN, ENTER, ESC, TAB, Terminal

from evenhand.audit import open_case
from evenhand.case import parse
from evenhand.catalog import Catalog
from evenhand.cli import run
from evenhand.marking import Marker, opened, ready
from evenhand.model import BadInputError
from evenhand.text import read
from evenhand.text.converted import text_of

LANDS = ("Cuba", "Haiti", "Chile", "Bolivia", "Poland", "Portugal", "Hungary", "Spain", "China", "India")
SAID = ("cut infant mortality more than its region", "raised life expectancy more than its region")
MANY = " ".join(f"From {1955 + i % 3 * 5} to {1980 + i % 2 * 5} {LANDS[i % 10]} {SAID[i % 2]}." for i in range(25))
SHORT = (
    "From 1960 to 1990 Cuba cut infant mortality more than its region. From 1960 to 1990 Chile cut infant mortality more than "
    "its region.\n\nThe famine in Bengal of 1943 is not forgotten. Nobody was better than them.\n"
)


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "essay.txt"
    path.write_text(SHORT, encoding="utf-8")
    return path


def at_work(text, *more) -> Terminal:
    return Terminal("mark", text.name, *more, folder=text.parent, home=text.parent / "nobody")


def claims_in(said: str) -> int:
    return said.count("\n- id: m")


def test_a_comparison_takes_one_key_and_four_tabs_and_is_ready_to_audit(text):
    case = text.with_name("essay.case.yaml")
    with at_work(text) as terminal:
        terminal.wait_for("Cuba")
        terminal.press("c")
        terminal.wait_for("Who is judged?")
        terminal.press(TAB * 4)
        terminal.settle(case, lambda said: "start: 1960" in said)
        terminal.press("Q")
        assert terminal.ends() == 0
        terminal.wait_for("1 claim marked with 5 keys")
        assert terminal.sent == 6
    found, _ = open_case(case)
    (claim,) = found.claims
    assert (claim.open.subject.unit, claim.open.measure, claim.open.against.peers.rule) == (
        "CUB",
        "infant-mortality",
        "region",
    )
    assert ((claim.open.window.start, claim.open.window.end), claim.open.form.direction) == ((1960, 1990), "down")
    assert (claim.by.who, claim.quote) == ("person", "From 1960 to 1990 Cuba cut infant mortality more than its region")


def test_u_takes_back_any_number_of_keys_down_to_nothing(text):
    case = text.with_name("essay.case.yaml")
    with at_work(text) as terminal:
        terminal.wait_for("Cuba")
        terminal.press("c" + TAB * 4 + "c" + TAB * 4)
        two = terminal.settle(
            case, lambda said: "CUB" in said + "Cuba" and claims_in(said) == 2 and said.count("start: 1960") == 2
        )
        terminal.press("u" * 5)
        one = terminal.settle(case, lambda said: claims_in(said) == 1 and "start: 1960" in said)
        terminal.press("u" * 30)
        terminal.settle(case, lambda said: said == "")
        assert not case.exists()
        terminal.press("c" + TAB * 4)
        assert terminal.settle(case, lambda said: "start: 1960" in said) == one
        terminal.press("c" + TAB * 4)
        assert terminal.settle(case, lambda said: said.count("start: 1960") == 2) == two
        terminal.press("Q")
        assert terminal.ends() == 0


def test_killed_in_the_middle_it_goes_on_where_it_was_and_can_still_undo(text):
    case = text.with_name("essay.case.yaml")
    with at_work(text) as terminal:
        terminal.wait_for("Cuba")
        terminal.press("c" + TAB * 4 + "c" + TAB)
        terminal.settle(case, lambda said: claims_in(said) == 2)
        terminal.settle(case.with_name(".essay.case.yaml.marking"), lambda said: said.count('"tab"') == 5)
        before = case.read_text(encoding="utf-8")
        terminal.kill()
    assert case.read_text(encoding="utf-8") == before
    parse(case)
    with at_work(text) as terminal:
        terminal.wait_for("gone on with")
        terminal.wait_for("By what measure?")
        terminal.press(TAB * 3)
        terminal.settle(case, lambda said: said.count("start: 1960") == 2)
        terminal.press("u" * 9)
        terminal.settle(case, lambda said: claims_in(said) == 1 and "start" not in said)
        terminal.press("Q")
        assert terminal.ends() == 0


def test_twenty_five_claims_take_a_counted_number_of_keys(tmp_path):
    text = tmp_path / "long.txt"
    text.write_text(MANY, encoding="utf-8")
    case = tmp_path / "long.case.yaml"
    with at_work(text) as terminal:
        terminal.wait_for("Cuba")
        for _ in range(25):
            terminal.press("c")
            terminal.press(TAB * 4)
        said = terminal.settle(case, lambda said: claims_in(said) == 25 and said.count("end: ") == 25, 60)
        assert terminal.sent == 125
        terminal.press("Q")
        assert terminal.ends() == 0
    assert "questions" not in said
    found, _ = open_case(case)
    assert len({claim.open.subject.unit for claim in found.claims}) == 10


def test_shift_tab_accepts_all_and_digits_take_another_and_typing_finds_names(text):
    case = text.with_name("essay.case.yaml")
    with at_work(text) as terminal:
        terminal.wait_for("Cuba")
        terminal.press("c")
        terminal.press(BACKTAB)
        terminal.settle(case, lambda said: "start: 1960" in said)
        terminal.press("c")
        terminal.press("eUrugu" + TAB + ENTER)
        terminal.wait_for("By what measure?")
        terminal.press(TAB + "ePol")
        terminal.press("u")
        terminal.press(ENTER)
        terminal.wait_for("closest")
        terminal.press(ESC)
        terminal.wait_for("Tab accept")
        terminal.press("2" + TAB)
        said = terminal.settle(case, lambda said: "URY" in said)
        terminal.press("Q")
        assert terminal.ends() == 0
    assert claims_in(said) == 2


def test_what_is_left_open_is_a_question_and_other_kinds_have_their_own_fields(text):
    case = text.with_name("essay.case.yaml")
    with at_work(text) as terminal:
        terminal.wait_for("Cuba")
        terminal.press("co")
        terminal.press("n" + DOWN)
        terminal.wait_for("Bengal")
        terminal.press("e")
        terminal.wait_for("Which event?")
        terminal.press(TAB * 2)
        terminal.wait_for("Nobody")
        terminal.press("rv")
        said = terminal.settle(case, lambda said: claims_in(said) == 3)
        terminal.press("?")
        terminal.wait_for("Keys at a passage")
        terminal.press("xQ")
        assert terminal.ends() == 0
    assert "who is judged?" in said
    assert "famine-bengal-1943" in said
    assert "stance: rejects" in said
    assert [c.kind for c in open_case(case)[0].claims] == ["comparison", "event", "value"]


def test_a_casefile_that_is_there_is_added_to_and_one_that_was_edited_is_kept(text):
    case = text.with_name("essay.case.yaml")
    case.write_text(
        'version: 1\ntext: {file: essay.txt}\nclaims:\n# mine\n- id: m1\n  kind: value\n  quote: "Nobody was better than them"\n'
    )
    for n in (1, 2):
        with at_work(text) as terminal:
            terminal.wait_for("Cuba")
            terminal.press("v")
            said = terminal.settle(case, lambda said, n=n: said.count("- id:") == n + 1)
            terminal.press("Q")
            assert terminal.ends() == 0
        assert "# mine" in said
        case.write_text(said + "# edited\n")
    assert len(open_case(case)[0].claims) == 3


def marks(capsys, *arguments, given=b"") -> tuple[int, str]:
    """Without a terminal: the exit code and the message."""
    keyboard, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(given))
    try:
        code = run(["mark", *map(str, arguments)])
    finally:
        sys.stdin = keyboard
    return code, capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", "", "the text is empty"),
        ("blank.txt", " \n\n", "the text is empty"),
        ("words.txt", "Title\n\n| a | b |\n", "there is no sentence in this text"),
        ("fine.txt", SHORT, "marking needs a terminal"),
        ("a.case.yaml", "version: 1", "this is a casefile, not a text"),
        ("broken.docx", "no zip", "this .docx file cannot be read"),
    ],
)
def test_what_cannot_be_marked_gets_one_clear_message(tmp_path, capsys, name, content, said):
    if name.endswith("docx"):
        pytest.importorskip("docx")
    (tmp_path / name).write_text(content, encoding="utf-8")
    code, told = marks(capsys, tmp_path / name)
    assert (code, told.count("\n")) == (2, 1)
    assert said in told
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_nothing_on_standard_input_is_an_empty_text_and_a_name_is_needed(tmp_path, capsys):
    code, told = marks(capsys, "-", "-o", tmp_path / "x.case.yaml")
    assert (code, "the text is empty" in told) == (2, True)
    code, told = marks(capsys, "-", given=b"A sentence is here.")
    assert (code, "where shall the text" in told) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_a_word_file_is_marked_by_its_text_which_is_kept_beside_it(tmp_path):
    docx = pytest.importorskip("docx")
    document = docx.Document()
    for part in SHORT.split("\n\n"):
        document.add_paragraph(part.strip())
    document.save(tmp_path / "essay.docx")
    with Terminal("mark", "essay.docx", folder=tmp_path, home=tmp_path / "nobody") as terminal:
        terminal.wait_for("Cuba")
        terminal.press("c")
        terminal.press(BACKTAB)
        terminal.settle(tmp_path / "essay.case.yaml", lambda said: "start: 1960" in said)
        terminal.press("Q")
        assert terminal.ends() == 0
    found, _ = open_case(tmp_path / "essay.case.yaml")
    assert (found.text.file, found.document.text.split()) == ("essay.txt", SHORT.split())


def test_a_pdf_is_read_by_its_text_layer_and_a_scan_has_none(tmp_path):
    pytest.importorskip("pypdf")
    from pypdf import PdfWriter

    blank = PdfWriter()
    blank.add_blank_page(200, 200)
    blank.write(tmp_path / "scan.pdf")
    with pytest.raises(BadInputError, match="there is no text"):
        text_of(tmp_path / "scan.pdf")
    (tmp_path / "essay.pdf").write_bytes(pdf_of(("Cuba cut infant mortality.", "Chile did, too.")))
    assert text_of(tmp_path / "essay.pdf").split() == ["Cuba", "cut", "infant", "mortality.", "Chile", "did,", "too."]


def pdf_of(lines) -> bytes:
    """The smallest PDF with a text layer."""
    drawn = "BT /F1 12 Tf 20 180 Td " + " ".join(f"({line}) Tj 0 -20 Td" for line in lines) + " ET"
    parts = (
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )  # fmt: skip
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for i, part in enumerate(parts, 1):
        places.append(out.tell())
        out.write(f"{i} 0 obj{part}endobj\n".encode())
    start = out.tell()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out.write(
        f"xref\n0 6\n0000000000 65535 f \n{table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode()
    )
    return out.getvalue()


@pytest.fixture(scope="module")
def marker(tmp_path_factory):
    path = tmp_path_factory.mktemp("mark") / "essay.txt"
    path.write_text(SHORT, encoding="utf-8")
    return Marker(ready(read(path), Catalog.open(home=path.parent / "nobody")))


def test_undoing_every_key_gives_every_state_back(marker):
    import random

    draw = random.Random(4)
    keys = [
        draw.choice(
            [
                "c",
                "e",
                "f",
                "b",
                "v",
                "tab",
                "backtab",
                "n",
                "p",
                "s",
                "+",
                "-",
                "(",
                ")",
                "r",
                "m",
                "o",
                "1",
                "2",
                "esc",
            ]
        )
        for _ in range(200)
    ]
    states, state = [marker.start()], marker.start()
    for key in keys:
        state = marker.press(state, key)
        states.append(state)
    for n in (0, 1, 57, 133, 200):
        assert reduce(marker.press, keys[:n], marker.start()) == states[n]


def test_a_session_saves_each_key_whole_and_a_broken_record_is_begun_anew(marker):
    case = marker.text.document.path.with_name("essay.case.yaml")
    session = opened(marker, case)
    for key in ("c", "tab", "tab"):
        session.press(key)
        assert json.loads(session.file.read_text())["keys"][-1] == key
        assert case.read_text() == session.source()
    session.file.write_text("{")
    again = opened(marker, case)
    assert (again.keys, again.base) == ([], case.read_text())
    assert {path.name for path in case.parent.iterdir()} == {"essay.txt", case.name, again.file.name}


def test_a_casefile_of_another_text_is_refused(marker):
    case = marker.text.document.path.with_name("other.case.yaml")
    case.write_text("version: 1\ntext: {file: another.txt}\nclaims: []\n")
    with pytest.raises(BadInputError, match="another text"):
        opened(marker, case)
