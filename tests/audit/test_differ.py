"""Two casefiles: where they part, what would bring them closest, and what two texts of a pair share."""

import copy
import json
import re

import pytest
from small_case import LEVEL, SUM, VALUE, case, comparison, write_case

from evenhand.audit.differ import CaseDiff, PairDiff, differ
from evenhand.model import BadInputError
from evenhand.report.differing import diff_page

CLAIMS = (comparison(), LEVEL, SUM, VALUE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("differ")


@pytest.fixture(autouse=True)
def catalogue_of_ours(monkeypatch, folder):
    from small_reference import catalogue

    made = catalogue(folder)
    monkeypatch.setattr("evenhand.audit.differ.Catalog.open", lambda: made)


def two(tmp_path, change, *, text=None):
    """A casefile and the same one changed, each in a folder of its own."""
    mine, theirs = case(*CLAIMS), case(*CLAIMS)
    change(theirs)
    more = {"text": text} if text else {}
    return (write_case(tmp_path / "a", mine, **more), write_case(tmp_path / "b", theirs, name="other", **more))


def diffed(tmp_path, change) -> CaseDiff:
    found = differ(*two(tmp_path, change))
    assert isinstance(found, CaseDiff)
    return found


def years(start, end):
    def change(content):
        content["claims"][0]["open"]["window"] = {"start": start, "end": end}

    return change


def less(content):
    content["claims"][0]["open"]["form"] = {"name": "less", "direction": "down"}


def test_with_itself_nothing_parts_and_nothing_need_be_conceded(tmp_path):
    found = diffed(tmp_path, lambda content: None)
    assert (found.distance, found.general, found.concessions, found.only_first) == (0, (), (), ())
    assert [one.partings for one in found.matched] == [()] * 4


def test_one_change_is_found_named_and_undone_by_conceding_it(tmp_path):
    found = diffed(tmp_path, less)
    (apart,) = [one for one in found.matched if one.partings]
    assert [(p.what, p.where, p.first, p.second) for p in apart.partings] == [
        ("reading", "open.form", "name: more; direction: down", "name: less; direction: down")
    ]
    assert found.distance == pytest.approx(abs(apart.first.share - apart.second.share))
    assert found.distance > 0
    (best,) = found.best
    assert (best.by, best.claim, best.after) == ("either", "more", pytest.approx(0))


def test_of_two_changes_the_one_that_weighs_more_is_best(tmp_path):
    def change(content):
        years(2004, 2019)(content)
        content["claims"][2]["arithmetic"]["stated"] = "a half"

    found = diffed(tmp_path, change)
    assert (found.best[0].parting.what, found.best[0].claim) == ("figure", "sum")
    assert found.best[0].after == pytest.approx(found.distance - 1)
    assert found.concessions[0] == found.best[0]
    assert found.concessions[-1].after >= found.concessions[0].after


def test_what_only_one_marks_is_listed_and_not_in_the_distance(tmp_path):
    found = diffed(tmp_path, lambda content: content["claims"].pop(1))
    assert ([one.id for one in found.only_first], found.only_second, found.distance) == (["level"], (), 0)


def test_who_belongs_to_a_group_is_a_choice_for_all_claims_that_name_it(tmp_path):
    def change(content):
        content["groups"][0]["members"][-1]["status"] = "core"
        content["claims"][0]["open"]["subject"] = {"group": "riverside"}

    mine, theirs = case(*CLAIMS), case(*CLAIMS)
    mine["claims"][0]["open"]["subject"] = {"group": "riverside"}
    change(theirs)
    found = differ(write_case(tmp_path / "a", mine), write_case(tmp_path / "b", theirs, name="other"))
    assert [(p.what, p.where) for p in found.general] == [("choice", "groups: riverside")]
    assert all(one.parting.where == "groups: riverside" for one in found.concessions)
    assert found.best == () or found.best[0].after == pytest.approx(0)


def test_other_figures_are_tried_with_the_others_file(tmp_path):
    mine, theirs = two(tmp_path, lambda content: None)
    own = theirs.parent / "own.csv"
    lines = own.read_text().splitlines()
    own.write_text(
        "\n".join(
            [
                lines[0],
                *(
                    re.sub(r"^(Alderton,delay,)(\d+),[\d.]+,[\d.]+,[\d.]+", r"\g<1>\g<2>,99,98,100", line)
                    for line in lines[1:]
                ),
            ]
        )
        + "\n"
    )
    found = differ(mine, theirs)
    assert [(p.what, p.where) for p in found.general] == [("figure", "data")]
    assert found.distance > 0
    assert (found.best[0].parting.where, found.best[0].after) == ("data", pytest.approx(0))


def test_a_change_that_cannot_stand_alone_is_said(tmp_path):
    def change(content):
        content["data"][0]["measures"].append({"id": "noise", "name": "Noise", "unit": "dB", "better": "lower"})
        content["claims"][0]["open"]["measure"] = "noise"

    mine, theirs = two(tmp_path, change)
    own = theirs.parent / "own.csv"
    own.write_text(
        own.read_text()
        + "".join(
            f"{t},noise,{y},{y - 2000 + i},,,timetable\n"
            for i, t in enumerate(("Alderton", "Birchley", "Cedarby", "Dogwater", "Elmstow", "Firholt"))
            for y in range(2000, 2021)
        )
    )
    found = differ(mine, theirs)
    assert any("noise" in why for _, why in found.untried)


def mirrored(found: dict) -> dict:
    """What the diff must be with the two turned round."""
    text = json.dumps(found)
    swap = {"first": "second", "second": "first"}
    return json.loads(
        re.sub(r'"(only_)?(first|second)(_[a-z]+)?"', lambda m: f'"{m[1] or ""}{swap[m[2]]}{m[3] or ""}"', text)
    )


@pytest.mark.parametrize(
    "change",
    [years(2000, 2012), lambda c: (years(2004, 2019)(c), c["claims"].pop(3), c["claims"][1].update(kind="value"))],
)
def test_turned_round_it_is_the_mirror(tmp_path, change):
    from evenhand.report.json_out import plain

    paths = two(tmp_path, change)
    there, back = (plain(differ(*order)) for order in (paths, paths[::-1]))
    for one in (there, back):
        for concession in (*one["concessions"], *one["best"]):
            concession.pop("claim")
    assert mirrored(there) | {"concessions": 0, "best": 0, "untried": 0} == back | {
        "concessions": 0,
        "best": 0,
        "untried": 0,
    }

    def keyed(found):
        return sorted(json.dumps(one, sort_keys=True) for one in found["concessions"])

    assert keyed(mirrored(there)) == keyed(back)


def pair_of(tmp_path, claims, **changes) -> PairDiff:
    """The small case and another text with the same sides."""
    text = "By the river the trains were late. The hills were later. The delays rose."
    other = {**case(*claims), "text": {"file": "reply.txt", "title": "A reply"}, **changes}
    found = differ(
        write_case(tmp_path / "a", case(*CLAIMS)), write_case(tmp_path / "b", other, text=text, name="reply")
    )
    assert isinstance(found, PairDiff)
    return found


def said(quote, **changes):
    return {**copy.deepcopy(comparison(quote.split()[0].lower(), quote)), **changes}


def test_of_a_pair_it_says_who_cites_what_and_what_both_accept(tmp_path):
    same = said("By the river the trains were late")
    conceded = pair_of(tmp_path, [same | {"voice": "reported", "stance": "concedes"}])
    assert [(one.kind, one.agree, one.first_claims, one.second_claims) for one in conceded.accepted] == [
        ("figure", "yes", ("more", "level"), ("by",))
    ]
    assert [one.id for one in conceded.only_first] == ["birchley delay"]
    assert conceded.only_second == ()


def test_of_a_pair_what_one_turns_round_or_rejects_is_contested(tmp_path):
    turned = said("The delays rose")
    turned["open"]["form"] = {"name": "more", "direction": "up"}
    rejected = said("By the river the trains were late", voice="reported", stance="rejects")
    for claim in (turned, rejected):
        found = pair_of(tmp_path / claim["id"], [claim])
        assert [one.agree for one in found.contested] == ["no"]
        assert found.accepted == ()


@pytest.mark.parametrize(
    ("sides", "said_of_it"),
    [
        ([], "reply.case.yaml declares no sides"),
        (
            [{"id": "x", "name": "The X", "units": ["Elmstow"]}, {"id": "y", "name": "The Y", "units": ["Firholt"]}],
            "not the same ones",
        ),
        (
            [
                {"id": "x", "name": "The X", "units": ["Alderton", "Birchley"]},
                {"id": "y", "name": "The Y", "units": ["Firholt"]},
            ],
            "not the same ones",
        ),
    ],
)
def test_two_texts_that_are_no_pair_are_refused_with_the_reason(tmp_path, sides, said_of_it):
    claim = said("The hills were later")
    claim.pop("side")
    with pytest.raises(BadInputError) as caught:
        pair_of(tmp_path, [claim], sides=sides)
    (problem,) = caught.value.problems
    assert "two different texts that are no pair" in problem.message
    assert said_of_it in problem.message


def test_a_text_is_no_casefile(tmp_path):
    path = write_case(tmp_path)
    with pytest.raises(BadInputError, match="no casefile"):
        differ(path.with_name("essay.txt"), path)


def test_the_page_says_it_without_a_script_and_escapes_what_the_files_say(tmp_path):
    def change(content):
        years(2000, 2012)(content)
        content["claims"][0]["reads"] = "<script>alert(1)</script>"

    html = diff_page(diffed(tmp_path, change))
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "2005 to 2019" in html
    assert "Distance" in html


def test_a_pair_has_a_page_too(tmp_path):
    assert "Both accept" in diff_page(pair_of(tmp_path, [said("The hills were later", kind="comparison")]))
