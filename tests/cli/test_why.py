"""``evenhand why``, ``cite``: one claim told, and named so that no other can be meant."""

import json

import pytest
from small_case import SUM, case, comparison, write_case

from evenhand.audit import open_case, open_comparison
from evenhand.audit.run import audit
from evenhand.compare import multiverse, verdict

MIDDLE = comparison(subject={"unit": "Gorsedale"})
DISPUTE = {"claim": "more", "by": "A. Reader", "reason": "a bad year"}


@pytest.fixture
def essay(tmp_path):
    return write_case(tmp_path / "case", case(MIDDLE, SUM, disputes=[DISPUTE]))


def test_it_tells_what_tips_it_what_turns_it_and_every_figure(here, essay):
    ran = here("why", f"{essay}#more")
    assert ran.returncode == 0, ran.stderr
    found = {c.id: c.finding for c in audit(*open_case(essay)).claims}["more"]
    for part in (
        "What tips it",
        "What would turn it",
        "Figures of the claim's own way",
        "Disputed by A. Reader",
        "timetable: The timetable (2025)",
    ):
        assert part in ran.stdout
    for hinge in found.hinges_on:
        assert f"{hinge.label}: accounts for" in ran.stdout
    for figure in found.comparison.trail.figures:
        assert any(
            figure.name in line and str(figure.year) in line and "timetable" in line for line in ran.stdout.splitlines()
        )
    assert "This is not the chance that the claim is true." in ran.stdout


def test_the_json_is_the_finding(here, essay):
    said = json.loads(here("why", f"{essay}#more", "--json").stdout)
    found = next(c.finding for c in audit(*open_case(essay)).claims if c.id == "more")
    assert said["share"] == found.share
    assert said["nearest"]["changes"] == found.comparison.trail.nearest.changes
    assert len(said["figures"]) == len(found.comparison.trail.figures)
    assert [s["id"] for s in said["sources"]] == ["timetable"]
    assert said["disputes"][0]["reason"] == "a bad year"


def test_without_an_option_it_is_counted_again(here, essay):
    said = json.loads(
        here("why", f"{essay}#more", "--without", "standard=growth", "--without", "values=for", "--json").stdout
    )
    opened_case, catalog = open_case(essay)
    opened = open_comparison(opened_case.claim("more").open, catalog)
    only = {known.kind: [i for i in known.kept if i not in {"growth", "for"}] for known in opened.lists}
    expected = verdict(multiverse(opened.plan, opened.panels, opened.form).restricted(only), "gorsedale")
    assert said["without"]["share"] == float(expected.share)
    assert said["without"]["at_least"] == expected.place.at_least
    assert said["share"] != said["without"]["share"], "the audit's own stands beside it"
    assert "your choice, not the audit's" in here("why", f"{essay}#more", "--without", "standard=growth").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["why", "essay.case.yaml"], "which claim?"),
        (["why", "essay.case.yaml#mor"], "closest: more"),
        (["why", "nobody.case.yaml#more"], "no such file"),
        (["why", "essay.case.yaml#more", "--without", "growth"], "no choice and option"),
        (["why", "essay.case.yaml#more", "--without", "weather=rain"], "has no choice 'weather'"),
        (["why", "essay.case.yaml#more", "--without", "standard=rain"], "has no option 'rain'"),
        (["why", "essay.case.yaml#sum", "--without", "standard=growth"], "compares nothing"),
        (["cite", "essay.case.yaml"], "which claim?"),
        (["export", "essay.case.yaml#more", "--to", "csv"], "holds all claims"),
    ],
)
def test_bad_input_is_one_message(here, essay, words, said):
    ran = here(*words, cwd=essay.parent)
    assert ran.returncode == 2
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr


def test_all_options_of_a_choice_cannot_be_left_out(here, essay):
    left = [word for option in ("central", "against", "for") for word in ("--without", f"values={option}")]
    ran = here("why", f"{essay}#more", *left)
    assert ran.returncode == 2
    assert "no option of the choice values would be left" in ran.stderr


def test_a_citation_names_the_claim_and_what_it_was_made_from(here, essay):
    said = json.loads(here("cite", f"{essay}#more", "--json").stdout)
    made = audit(*open_case(essay)).provenance
    assert (said["figures"], said["text"], said["casefile"]) == (
        made.figures_sha256,
        made.text_sha256,
        made.case_sha256,
    )
    assert said["snapshot"] == made.figures_sha256[:12]
    assert said["finding"][:12] in said["apa"]
    assert said["bibtex"].startswith("@misc{evenhand-essay-more,")
    other = json.loads(here("cite", f"{essay}#sum", "--json").stdout)
    assert other["finding"] != said["finding"]
    told = here("cite", f"{essay}#more").stdout
    assert told.startswith("APA\n")
    assert said["finding"] in told
    own = essay.parent / "own.csv"
    own.write_text(own.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert json.loads(here("cite", f"{essay}#more", "--json").stdout)["finding"] != said["finding"]


def test_an_event_is_told_by_who_attests_it(here, tmp_path):
    event = {"id": "hunger", "kind": "event", "quote": "There never was a Great Hunger in the north",
             "event": {"id": "famine-soviet-1932", "says": "denied"}}  # fmt: skip
    ran = here("why", f"{write_case(tmp_path / 'event', case(event))}#hunger")
    assert ran.returncode == 0, ran.stderr
    assert "Davies and Wheatcroft (2004): 5,500,000 to 6,500,000" in ran.stdout
    assert "%" not in ran.stdout
    assert "fit the claim at least as well" not in ran.stdout
