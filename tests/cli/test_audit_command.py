"""``evenhand audit``: what goes in, where the page and the JSON go, and that a second run gives the same."""

import json

import jsonschema
import pytest
from listing import files
from small_case import FELL, SUM, TOWNS, case, comparison, csv_of, figures, write_case

from evenhand.report import json_schema


def test_a_casefile_gives_a_page_beside_it(run, folder):
    before = files(folder)
    done = run("audit", folder / "essay.case.yaml")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{folder / 'essay.html'}\n"
    after = files(folder)
    assert {name: after[name] for name in before} == before
    assert sorted(set(after) - set(before)) == ["essay.html"]
    assert b"by more than elsewhere" in after["essay.html"]


def test_a_text_finds_the_casefile_beside_it(here, folder):
    assert here("audit", "essay.txt", cwd=folder).stdout == "essay.html\n"


def test_two_processes_give_the_same_bytes_from_wherever_they_are_called(run, folder, tmp_path):
    for name, arguments, cwd in (("a", (folder / "essay.case.yaml",), tmp_path), ("b", ("essay.txt",), folder)):
        out = tmp_path / name
        out.mkdir()
        assert run("audit", *arguments, "-o", out, "--json", out / "told.json", cwd=cwd).returncode == 0
    assert files(tmp_path / "a") == files(tmp_path / "b")
    assert sorted(files(tmp_path / "a")) == ["essay.html", "told.json"]


def test_json_to_standard_output_is_all_there_is_on_it_and_no_page_is_made(run, folder):
    before = files(folder)
    done = run("audit", folder / "essay.case.yaml", "--json", "-")
    told = json.loads(done.stdout)
    jsonschema.validate(told, json_schema())
    assert [claim["id"] for claim in told["claims"]] == ["more", "sum"]
    assert files(folder) == before
    assert str(folder.parent) not in done.stdout


def test_json_to_a_file_comes_with_the_page_and_is_the_same_json(here, folder, tmp_path):
    done = here("audit", folder / "essay.case.yaml", "-o", tmp_path / "out.html", "--json", tmp_path / "out.json")
    assert done.returncode == 0
    printed = here("audit", folder / "essay.case.yaml", "--json", "-").stdout
    assert (tmp_path / "out.json").read_text(encoding="utf-8") == printed
    assert (tmp_path / "out.html").read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("output", "page"),
    [
        ("page.html", "page.html"),
        ("out", "out/essay.html"),
        ("new/deep", "new/deep/essay.html"),
        ("there.d", "there.d/essay.html"),
    ],
)
def test_where_the_page_goes(here, folder, tmp_path, output, page):
    (tmp_path / "there.d").mkdir()
    assert here("audit", folder / "essay.case.yaml", "-o", output).stdout == f"{page}\n"
    assert (tmp_path / page).is_file()
    assert not (folder / "essay.html").exists()


def test_quiet_says_nothing(here, folder):
    done = here("audit", folder / "essay.case.yaml", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (folder / "essay.html").is_file()


def test_the_date_of_the_environment_is_told(here, folder):
    told = json.loads(here("audit", folder / "essay.txt", "--json", "-", SOURCE_DATE_EPOCH="86400").stdout)
    assert told["provenance"]["date"] == "1970-01-02"


def test_a_folder_gives_every_page_and_an_index_in_the_order_of_the_toss(here, tmp_path):
    pair = tmp_path / "pair"
    for name, title in (("answer", "The answer"), ("boast", "The boast")):
        content = case(SUM)
        content["text"] |= {"file": f"{name}.txt", "title": title}
        write_case(pair, content, name=name)
    titles = ("The boast", "The answer")
    for order, wanted in (("boast.case.yaml\nanswer.case.yaml\n", titles), (None, titles[::-1])):
        if order is None:
            (pair / "order.txt").unlink()
        else:
            (pair / "order.txt").write_text(order, encoding="utf-8")
        done = here("audit", pair, "-o", "out")
        assert done.returncode == 0, done.stderr
        names = ["boast", "answer"] if order else ["answer", "boast"]
        assert done.stdout.split() == [*(f"out/{name}.html" for name in names), "out/index.html"]
        index = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
        assert index.index(wanted[0]) < index.index(wanted[1])
        assert 'href="boast.html' in index
        assert not list(pair.glob("*.html"))


def test_a_folder_s_findings_go_into_a_folder(here, folder, tmp_path):
    assert here("audit", folder, "-o", "out", "--json", "told").returncode == 0
    assert sorted(files(tmp_path / "told")) == ["essay.json"]
    assert sorted(files(tmp_path / "out")) == ["essay.html"]


def test_figures_brought_along_win_over_the_case_s(here, folder, tmp_path):
    rows = [{**row, "value": 99.0, "low": None, "high": None, "source": "mine"} for row in figures()
            if (row["unit"], row["measure"], row["year"]) == ("Alderton", "delay", 2019)]  # fmt: skip
    (tmp_path / "mine.csv").write_text(csv_of(rows), encoding="utf-8")
    before = json.loads(here("audit", folder / "essay.txt", "--json", "-").stdout)
    after = json.loads(here("audit", folder / "essay.txt", "--json", "-", "--data", "mine.csv").stdout)
    ends = [told["claims"][0]["finding"]["literal"]["end"] for told in (before, after)]
    assert ends[1] == 99.0
    assert ends[0] != 99.0
    assert [name for name, _ in after["provenance"]["own_data"]] == ["own.csv", "mine.csv"]
    assert after["provenance"]["command"] == "evenhand audit essay.case.yaml --data mine.csv"
    assert "(own.csv) and figures that the user brought (mine.csv)" in after["figures_note"]


def test_new_units_are_taken_where_that_is_asked_for(here, folder, tmp_path):
    rows = [{**row, "unit": "Mossend"} for row in figures() if row["unit"] == TOWNS[1]]
    (tmp_path / "mine.csv").write_text(csv_of(rows), encoding="utf-8")
    refused = here("audit", folder / "essay.txt", "--json", "-", "--data", "mine.csv")
    assert refused.returncode == 2
    assert "no unit is called ‘Mossend’" in refused.stderr
    assert "--new-units" in refused.stderr
    taken = here("audit", folder / "essay.txt", "--json", "-", "--data", "mine.csv", "--new-units")
    strip = json.loads(taken.stdout)["claims"][0]["finding"]["comparison"]["strip"]
    assert "Mossend" in {mark["name"] for mark in strip}


def test_the_command_on_the_page_makes_the_page_again(run, folder, tmp_path):
    (folder / "mine.csv").write_text("unit,measure,year,value\nMossend,delay,2019,3\n", encoding="utf-8")
    first = run(
        "audit", "essay.txt", "--json", "-", "--data", "mine.csv", "--new-units", "--seed", "3", cwd=folder
    ).stdout
    command = json.loads(first)["provenance"]["command"].split()
    assert command[0] == "evenhand"
    assert run(*command[1:], "--json", "-", cwd=folder).stdout == first


def test_markup_in_texts_and_names_is_shown_as_text(here, tmp_path):
    evil = "<script>alert(1)</script>"
    town = "Al<b>der</b>ton"
    content = case({**comparison(), "reads": evil}, {**SUM, "quote": "<img src=x onerror=alert(2)>"})
    content["text"] |= {"title": f"Title {evil}", "author": "<i>A</i>"}
    content["sides"][0]["name"] = "<u>river</u>"
    content["sources"][0] |= {"citation": "<em>cite</em>", "url": "javascript:alert(3)"}
    content["groups"] = []
    told = json.dumps(content, ensure_ascii=False).replace("Alderton", town)
    rows = [{**row, "unit": town if row["unit"] == "Alderton" else row["unit"]} for row in figures()]
    text = f"In {town} it fell by more than elsewhere. <img src=x onerror=alert(2)>"
    done = here("audit", write_case(tmp_path / "evil", json.loads(told), text=text, rows=rows))
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "evil" / "essay.html").read_text(encoding="utf-8")
    for raw in (
        "<script>alert",
        "<img src=x",
        "<b>der</b>",
        "<i>A</i>",
        "<u>river</u>",
        "<em>cite</em>",
        'href="javascript:',
    ):
        assert raw not in html, raw
    for shown in ("&lt;script&gt;alert(1)", "&lt;img src=x", "Al&lt;b&gt;der&lt;/b&gt;ton", "&lt;u&gt;river"):
        assert shown in html, shown


def test_a_denial_stands_on_the_page_s_first_screen(here, tmp_path):
    events = json.loads(here("data", "list", "--events", "--json").stdout)
    known = next(event["id"] for event in events if event["kind"] == "famine")
    denial = {"id": "no", "kind": "event", "quote": "There never was a Great Hunger in the north",
              "event": {"id": known, "says": "denied"}}  # fmt: skip
    done = here("audit", write_case(tmp_path / "case", case(denial, FELL)))
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "case" / "essay.html").read_text(encoding="utf-8")
    assert 0 < html.index("The text denies an event that our catalogue holds") < html.index('class="essay')


def test_the_threshold_of_events_is_set_shown_and_in_the_command_that_makes_the_page_again(here, folder):
    told = json.loads(here("audit", folder / "essay.case.yaml", "--json", "-", "--deaths-from", "250000").stdout)
    assert told["omission"]["deaths_from"] == 250_000
    assert told["provenance"]["command"].endswith(" --deaths-from 250000")
    plain = json.loads(here("audit", folder / "essay.case.yaml", "--json", "-").stdout)
    assert plain["omission"]["deaths_from"] == 10_000
    assert "--deaths-from" not in plain["provenance"]["command"]
    refused = here("audit", folder / "essay.case.yaml", "--deaths-from", "0")
    assert refused.returncode == 2
    assert "--deaths-from" in refused.stderr
    assert "Traceback" not in refused.stderr
