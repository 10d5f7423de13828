"""``evenhand verify`` and ``audit --previous``: one changed character shows, and corrections add up on the page."""

import json
import random

import pytest
from small_case import SUM, case, comparison, csv_of, figures, write_case

from evenhand.report.sealing import RECORD, SEAL, is_sealed, read_page, sealed

MIDDLE = comparison(subject={"unit": "Gorsedale"})


@pytest.fixture
def essay(tmp_path):
    return write_case(tmp_path / "case", case(MIDDLE, SUM))


@pytest.fixture
def published(here, essay):
    assert here("audit", essay, "--quiet").returncode == 0
    return essay.with_name("essay.html")


def answer(ran) -> dict:
    return json.loads(ran.stdout)


def test_an_untouched_page_is_made_again_byte_for_byte(here, published):
    ran = here("verify", published)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "made by this version from these figures, and is unaltered" in ran.stdout
    assert "byte for byte the same" in ran.stdout


def test_one_changed_character_anywhere_shows(here, published):
    content, draw = published.read_bytes(), random.Random(8)
    places = [0, len(content) - 1, *(draw.randrange(len(content)) for _ in range(400))]
    places += [SEAL.search(content).start(1) + 5, RECORD.search(content).start(1) + 5]
    for at in places:
        for changed in (bytes([content[at] ^ 1]), b"", content[at : at + 1] * 2):
            assert not is_sealed(content[:at] + changed + content[at + 1 :]), at
    text = content.decode("utf-8")
    assert not is_sealed(text.replace("\n", "\r\n").encode())
    assert not is_sealed(b"\xef\xbb\xbf" + content)
    published.write_text(text.replace("way", "Way", 1), encoding="utf-8")
    ran = here("verify", published)
    assert ran.returncode == 1
    assert "altered since it was made" in ran.stdout
    assert answer(here("verify", published, "--json"))["unaltered"] is False


def test_a_page_changed_and_sealed_anew_is_found_by_making_it_again(here, published):
    text = published.read_text(encoding="utf-8").replace("comes out", "came out", 1)
    seal = SEAL.search(text.encode()).group(1).decode()
    published.write_text(sealed(text.replace(seal, "0" * 64, 1)), encoding="utf-8")
    assert is_sealed(published.read_bytes())
    said = answer(here("verify", published, "--json"))
    assert (said["good"], said["made_again"]) == (False, "differs")
    alone = published.with_name("elsewhere")
    alone.mkdir()
    moved = published.rename(alone / published.name)
    assert "only making the page again shows" in here("verify", moved).stdout


def test_another_version_and_other_figures_are_named(here, published, monkeypatch):
    monkeypatch.setattr("evenhand.cli.verify_run.__version__", "9.9.9")
    ran = here("verify", published)
    assert ran.returncode == 1
    assert "another version" in ran.stdout
    assert "this is 9.9.9" in ran.stdout
    monkeypatch.undo()


def test_figures_changed_since_are_named(here, essay, published):
    rows = figures()
    row = next(r for r in rows if (r["measure"], r["unit"], r["year"]) == ("delay", "Gorsedale", 2005))
    before, row["value"] = row["value"], row["value"] + 0.4
    (essay.parent / "own.csv").write_text(csv_of(rows), encoding="utf-8")
    ran = here("verify", published)
    assert ran.returncode == 1
    assert "the figures were changed since" in ran.stdout
    assert f"Gorsedale, 2005 (timetable): {before:g}" in ran.stdout
    assert "own.csv" in ran.stdout


def test_what_is_no_page_is_told(here, tmp_path, published):
    (tmp_path / "other.html").write_text("<!doctype html><title>x</title>", encoding="utf-8")
    for name, said in (
        ("other.html", "no page that evenhand made"),
        ("none.html", "cannot be read"),
        ("case", "is a folder"),
    ):
        ran = here("verify", tmp_path / name)
        assert ran.returncode == 2
        assert said in ran.stderr
    ran = here("verify", published, tmp_path / "no.case.yaml")
    assert ran.returncode == 2
    assert "no such file" in ran.stderr


def changed(essay, value: float) -> None:
    rows = figures()
    next(r for r in rows if (r["measure"], r["unit"], r["year"]) == ("delay", "Gorsedale", 2005))["value"] = value
    for row in rows:
        row["low"], row["high"] = round(row["value"] - 0.5, 1), round(row["value"] + 0.5, 1)
    (essay.parent / "own.csv").write_text(csv_of(rows), encoding="utf-8")


def test_corrections_add_up_over_several_audits(here, essay, published):
    changed(essay, 90.0)
    ran = here("audit", essay, "-o", "second.html", "--previous", published, cwd=essay.parent)
    assert ran.returncode == 0, ran.stderr
    for said in ("own.csv was changed", "before:", "now:", "delay, Gorsedale, 2005", "now 90"):
        assert said in ran.stdout
    content = case(
        MIDDLE
        | {"open": MIDDLE["open"] | {"exclude": [{"choice": "standard", "option": "growth", "because": "why not"}]}},
        SUM,
    )
    essay.write_text(json.dumps(content), encoding="utf-8")
    ran = here("audit", essay, "-o", "third.html", "--previous", "second.html", cwd=essay.parent)
    assert "- growth rate" in ran.stdout
    assert "Casefile: it was changed" in ran.stdout
    third = essay.with_name("third.html")
    html = third.read_text(encoding="utf-8")
    history = html[html.index('id="history"') : html.index('id="methods"')]
    assert history.count('class="correction"') == 2
    assert history.index("growth rate") < history.index("now 90"), "the latest first"
    assert len(read_page(third).history) == 2
    ran = here("audit", essay, "-o", "fourth.html", "--previous", "third.html", cwd=essay.parent)
    assert "Nothing changed since third.html" in ran.stdout
    assert essay.with_name("fourth.html").read_bytes() == third.read_bytes()
    assert here("verify", third).returncode == 0
    said = json.loads(here("audit", essay, "--json", "-", "--previous", third).stdout)
    assert [len(one["claims"]) for one in said["history"]] == [1, 1]


def test_a_new_version_is_a_reason(here, essay, published, monkeypatch):
    monkeypatch.setattr("evenhand.audit.provenance.__version__", "9.9.9")
    ran = here("audit", essay, "-o", "new.html", "--previous", published, cwd=essay.parent)
    assert "Version: evenhand 0.1.0, now 9.9.9." in ran.stdout


def test_only_a_page_of_this_text_as_it_was_made_is_carried_on(here, essay, published, tmp_path):
    html = published.read_text(encoding="utf-8")
    altered = tmp_path / "altered.html"
    altered.write_text(html.replace("way", "Way", 1), encoding="utf-8")
    other = write_case(tmp_path / "other", case(SUM | {"quote": "1 plus 1"}), text="Only 1 plus 1 is here.")
    for path, previous, said in (
        (essay, altered, "altered since it was made"), (essay, tmp_path / "none.html", "no such page"), (other, published, "of another text"),
    ):  # fmt: skip
        ran = here("audit", path, "-o", tmp_path / "x.html", "--previous", previous)
        assert ran.returncode == 2, ran.stdout
        assert said in ran.stderr
        assert not (tmp_path / "x.html").exists()


def test_a_folder_takes_the_pages_of_the_same_names(here, essay, published):
    changed(essay, 90.0)
    out = essay.parent / "out"
    ran = here("audit", essay.parent, "-o", out, "--previous", essay.parent)
    assert ran.returncode == 0, ran.stderr
    assert "Changed since essay.html" in ran.stdout
    assert len(read_page(out / "essay.html").history) == 1


def test_an_import_that_says_otherwise_since_is_named(run, essay, tmp_path):
    """With the casefile at hand and without."""
    table, mapping = tmp_path / "noise.csv", tmp_path / "noise.import.yaml"
    rows = [f"{unit},{year},{at}\n" for unit, at in (("Quayside", 61), ("Rushford", 64)) for year in (2000, 2010)]
    mapping.write_text(
        "version: 1\nfile: noise.csv\nid: noise\nsource: {citation: 'Board (2011), Noise'}\n"
        "columns: {unit: place, year: year}\nmeasures: [{column: noise, id: noise, name: Noise, unit: dB, better: lower, scale: ratio}]\n",
        encoding="utf-8",
    )
    table.write_text("place,year,noise\n" + "".join(rows), encoding="utf-8")
    assert run("data", "import", mapping, "--new-units").returncode == 0
    assert run("audit", essay, "--quiet").returncode == 0
    page = essay.with_name("essay.html")
    assert run("verify", page).returncode == 0
    table.write_text("place,year,noise\n" + "".join(rows).replace("61", "62"), encoding="utf-8")
    assert run("data", "import", mapping, "--new-units").returncode == 0
    alone = tmp_path / "alone.html"
    alone.write_bytes(page.read_bytes())
    for ran in (run("verify", page), run("verify", alone)):
        assert ran.returncode == 1
        assert "figures were changed since" in ran.stdout
    assert "import noise" in run("verify", page).stdout
