"""Sheets for pupils: letters for names everywhere in the file, no verdict, one page on paper; the key apart from them."""

import html
import re
import unicodedata
from io import BytesIO
from pathlib import Path

import pytest

from evenhand import cli
from evenhand.catalog import Catalog
from evenhand.model import BANDS
from evenhand.worksheet import leaks, worksheet
from evenhand.worksheet.html import key_html, sheet_html
from evenhand.worksheet.masking import Masks, masked
from evenhand.worksheet.pdf import key_pdf, sheet_pdf

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = {"history": ("ledger-of-gains", "ledger-of-losses"), "everyday": ("hospital", "union")}
CHROMIUM = Path("/usr/bin/chromium")
TEXT = """\
Two neighbours

From 1960 to 1990 life expectancy rose more in Costa Rica than in Cuba. The Cubans had Castro's doctors, and Havana its clinics;
the Costa Ricans had San José and no army. Cuban infant mortality fell less than Costa Rican infant mortality from 1960 to 1990.
In 1990 Cuba (La Habana's bureaucrats say) had lower infant mortality than Jamaica, whatever Fulgencio's heirs in Miami claim.
"""
CASE = """\
version: 1
text: {file: two.txt, title: Cuba and Costa Rica, author: A Cuban}
sides: [{id: a, name: The Cuban side, units: [Cuba]}]
claims:
- id: lives
  kind: comparison
  quote: "life expectancy rose more in Costa Rica than in Cuba"
  open: {subject: {unit: Costa Rica}, against: {unit: Cuba}, measure: life-expectancy, form: {name: more}, window: {start: 1960, end: 1990}}
- id: infants
  kind: comparison
  quote: "Cuban infant mortality fell less than Costa Rican infant mortality"
  open: {subject: {unit: Cuba}, against: {unit: Costa Rica}, measure: infant-mortality, form: {name: less, direction: down}, window: {start: 1960, end: 1990}}
- id: jamaica
  kind: comparison
  quote: "Cuba (La Habana's bureaucrats say) had lower infant mortality than Jamaica"
  open: {subject: {unit: Cuba}, against: {unit: Jamaica}, measure: infant-mortality, form: {name: more, direction: down}, standard: level, window: {start: 1990, end: 1990}}
"""
GIVEN_AWAY = re.compile(
    r"(?<!\w)(cuba|cubans?|havana|habana|castro|fidel|costa|rica|ricans?|san jos|jamaica|kingston|fulgencio|miami)",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def case(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("cuba")
    (folder / "two.txt").write_text(TEXT, encoding="utf-8")
    (folder / "cuba.case.yaml").write_text(CASE, encoding="utf-8")
    return folder / "cuba.case.yaml"


@pytest.fixture(scope="module")
def lesson(case, tmp_path_factory) -> Path:
    """The files as the command writes them."""
    folder = tmp_path_factory.mktemp("lesson")
    assert cli.run(["worksheet", str(case), "-o", str(folder)]) == 0
    return folder


def plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", html.unescape(text)) if not unicodedata.combining(c))


def printed(pdf: bytes) -> str:
    reader = pytest.importorskip("pypdf", reason="pypdf is not installed").PdfReader(BytesIO(pdf))
    return "\n".join(page.extract_text() for page in reader.pages) + str(reader.metadata)


def test_no_name_people_capital_or_leader_is_anywhere_in_the_pupils_files(lesson):
    sheet = (lesson / "sheet-1.html").read_text(encoding="utf-8")
    assert GIVEN_AWAY.findall(plain(sheet)) == []
    assert GIVEN_AWAY.findall(plain((lesson / "sheet-1.pdf").read_bytes().decode("latin-1"))) == []
    assert GIVEN_AWAY.findall(plain(printed((lesson / "sheet-1.pdf").read_bytes()))) == []
    assert not any(GIVEN_AWAY.search(path.name) for path in lesson.iterdir())


def test_one_letter_stands_for_one_name_throughout(lesson):
    sheet, key = ((lesson / f"{name}.html").read_text(encoding="utf-8") for name in ("sheet-1", "key"))
    letters = {name: letter for letter, name in re.findall(r'<th scope="row">(\w+)</th><td>([^<]+)</td>', key)}
    cuba, costa_rica = letters["Cuba"], letters["Costa Rica"]
    assert f"life expectancy rose more in {costa_rica} than in {cuba}" in sheet
    assert f"{cuba} infant mortality fell less than {costa_rica} infant mortality" in sheet
    assert f"It is about {cuba}, 1990." in sheet
    assert len(set(letters.values())) == len(letters)


def test_pupils_see_no_verdict_and_commit_before_the_figures(lesson):
    sheet = (lesson / "sheet-1.html").read_text(encoding="utf-8")
    key = (lesson / "key.html").read_text(encoding="utf-8")
    assert not any(words in sheet for _, words in BANDS)
    assert "%" not in re.sub(r"<style>.*?</style>", "", sheet, flags=re.DOTALL)
    assert "ways that we tried" not in sheet
    assert sheet.index("By what would you measure it?") < sheet.index("Compared with whom?") < sheet.index("fold here")
    assert sheet.index("fold here") < sheet.index("<table>") < sheet.index("Now ask for the names")
    assert "This is not the chance that the claim is true" in key
    assert any(words.capitalize()[:20] in key for _, words in BANDS)


def test_adjectives_peoples_capitals_and_leaders_are_masked_alike_for_everybody():
    catalog = Catalog.open()
    masks = Masks(catalog, 1970)
    for id_ in ("SUN", "USA", "FRA", "DDR"):
        masks.letter(id_)
    told = masked("The Soviet Union and Moscow, the Americans of Kennedy, the French, Paris, and East German clinics under Honecker in the Bastille",
                  masks, "")  # fmt: skip
    assert GIVEN_AWAY.search(told) is None
    assert re.search(r"(?i)soviet|moscow|america|kennedy|french|paris|german|honecker|bastille", told) is None
    assert "people of B" in told
    assert "the leader of D" in told


def test_the_check_finds_what_hides_in_attributes_tags_and_metadata():
    assert leaks('<p title="from Havana">', ["Havana"]) == ("Havana",)
    assert leaks("<p>Costa <b>Ri</b>ca</p>", ["Costa Rica"]) == ("Costa Rica",)
    assert leaks("<!-- C&ocirc;te d&#39;Ivoire -->", ["Côte d'Ivoire"]) == ("Côte d'Ivoire",)
    assert leaks(b"/Title (CUBAN sheet)", ["Cuban"]) == ("Cuban",)
    assert leaks(b"(Costa) Tj T* (Rica) Tj", ["Costa Rica"]) == ("Costa Rica",)
    assert leaks("an incubation in Macuba", ["Cuba"]) == ()


def test_nothing_is_written_where_a_name_would_show(case, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("evenhand.worksheet.build.masked_label", lambda label, masks: f"{label} of Havana")
    assert cli.run(["worksheet", str(case), "-o", str(tmp_path / "out")]) == 1
    assert "would give away: Havana" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.fixture(scope="module", params=EXAMPLES)
def example(request):
    first, second = (ROOT / "examples" / request.param / f"{name}.case.yaml" for name in EXAMPLES[request.param])
    return worksheet(first, second)


def test_the_examples_leak_nothing_and_share_their_letters(example):
    for sheet in example.sheets:
        assert leaks(sheet_html(sheet), example.secrets) == ()
        assert leaks(sheet_pdf(sheet), example.secrets) == ()
    assert [sheet.number for sheet in example.sheets] == [1, 2]
    named = {row.letter.removeprefix("group ") for sheet in example.sheets for task in sheet.tasks for row in task.rows}
    assert named <= {letter for letter, _ in example.key.letters}
    assert "argues the other way" in sheet_html(example.sheets[1])
    assert "argues the other way" not in sheet_html(example.sheets[0])
    assert leaks(key_html(example.key), example.secrets) != ()


def test_the_same_case_gives_the_same_bytes(example):
    assert sheet_pdf(example.sheets[0]) == sheet_pdf(example.sheets[0])
    assert key_pdf(example.key) == key_pdf(example.key)
    assert b"evenhand" in sheet_pdf(example.sheets[0])
    assert str(ROOT).encode() not in sheet_pdf(example.sheets[0])


def test_our_pdf_of_a_sheet_has_one_page(example):
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
    for sheet in example.sheets:
        assert len(pypdf.PdfReader(BytesIO(sheet_pdf(sheet))).pages) == 1


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="no chromium at /usr/bin/chromium")
def test_a_sheet_prints_to_one_page_in_a_real_browser(example, tmp_path):
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        for sheet in example.sheets:
            file = tmp_path / f"sheet-{sheet.number}.html"
            file.write_text(sheet_html(sheet), encoding="utf-8")
            page.goto(file.as_uri())
            for paper in ("A4", "Letter"):
                pdf = page.pdf(format=paper)
                assert len(pypdf.PdfReader(BytesIO(pdf)).pages) == 1, (sheet.number, paper)
        browser.close()
    assert all(url.startswith("file:") for url in asked)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere.case.yaml"], "there is no such file"),
        ([str(ROOT / "examples" / "chains" / "bypass.case.yaml")], "nothing to ask pupils"),
        (["{case}", "--claims", "livs"], "no claim is called livs"),
        (["{case}", "--pair", "nowhere.case.yaml"], "there is no such file"),
        (["{case}", "-o", "{case}"], "this is a file"),
    ],
)
def test_bad_input_is_one_clear_message(arguments, says, case, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.run(["worksheet", *(word.format(case=case) for word in arguments)]) == 2
    told = capsys.readouterr().err
    assert says in told
    assert told.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
