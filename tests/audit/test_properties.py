"""What must hold of the whole tool: names do not matter, nor the order of rows, nor the unit of measurement."""

import random
from typing import Any

import pytest
from small_case import (
    FELL,
    GROUP,
    LEVEL,
    PAIR,
    SUM,
    TEXT,
    TOWNS,
    VALUE,
    audited,
    case,
    comparison,
    figures,
    findings,
    renamed,
)

from evenhand.report import json_text, to_json

DOWN = {"direction": "down"}
FORMS = {
    "more": {"name": "more", **DOWN}, "less": {"name": "less", **DOWN}, "most": {"name": "most", **DOWN},
    "among": {"name": "among-the-most", **DOWN}, "margin": {"name": "by-at-least", "margin": 2.0, **DOWN},
    "same": {"name": "same", "within": 3.0, **DOWN}, "percent": {"name": "same", "within": 10, "unit": "percent", **DOWN},
    "at-most": {"name": "at-most", "margin": 4.0, **DOWN},
}  # fmt: skip
ALL_FORMS = [comparison(name, form=form) for name, form in FORMS.items()]
NUMBERS = (
    "status", "verdict", "band", "share", "share_unweighted", "share_min", "share_max", "combinations", "distinct", "judged",
    "not_judged", "standing_share", "typical_share", "units_in_band", "rank", "of", "ties", "at_least", "hinges_on",
    "interaction",
)  # fmt: skip


def unordered(value: Any) -> Any:
    """The same with every list of things in an order of its own, so that only what is said can differ."""
    if isinstance(value, dict):
        return {key: unordered(item) for key, item in value.items()}
    return sorted(map(unordered, value), key=repr) if isinstance(value, list) else value


def numbers(finding: dict) -> dict:
    return {name: finding[name] for name in NUMBERS}


def shuffled(seed: int) -> dict[str, str]:
    others = list(TOWNS)
    random.Random(seed).shuffle(others)
    return dict(zip(TOWNS, others, strict=True))


@pytest.mark.parametrize("seed", [1, 2])
def test_exchanging_names_exchanges_the_findings_to_the_last_digit(tmp_path, seed):
    names = shuffled(seed)
    content = case(FELL, *ALL_FORMS, PAIR, LEVEL, SUM, VALUE)
    there, back = renamed(names), renamed({b: a for a, b in names.items()})
    before = to_json(audited(tmp_path / "a", content))
    after = to_json(audited(tmp_path / "b", there(content), text=there(TEXT), rows=there(figures())))
    assert before["claims"][1]["finding"]["sentence"] != after["claims"][1]["finding"]["sentence"]
    for told in (before, after):
        told["provenance"] = None
        for claim in told["claims"]:
            claim["start"] = claim["end"] = None
    assert unordered(back(after)) == unordered(before)


def test_exchanging_names_exchanges_the_findings_on_groups(tmp_path):
    names = shuffled(4)
    there = renamed(names)
    before = findings(audited(tmp_path / "a", case(GROUP)))["group"]
    after = findings(audited(tmp_path / "b", there(case(GROUP)), text=there(TEXT), rows=there(figures())))["group"]
    assert numbers(after) == numbers(before)


@pytest.mark.parametrize("form", ["more", "less", "margin"])
@pytest.mark.parametrize("other", ["Birchley", "Ivywick", "Larchend"])
def test_swapping_the_two_of_a_pair_mirrors_what_holds_and_what_fails(tmp_path, form, other):
    def one(subject: str, against: str) -> dict:
        claim = comparison(subject={"unit": subject}, against={"unit": against}, form=FORMS[form])
        return findings(audited(tmp_path, case(claim)))["more"]

    first, second = one("Alderton", other), one(other, "Alderton")
    assert (first["combinations"], first["judged"], first["not_judged"]) == (
        second["combinations"], second["judged"], second["not_judged"]
    )  # fmt: skip
    if form == "margin":
        assert first["share"] + second["share"] <= 1
        return
    assert first["share"] + second["share"] == pytest.approx(1)
    outcomes = [{p["combination"]: p["outcome"] for p in found["comparison"]["curve"]} for found in (first, second)]
    mirrored = {"holds": "fails", "fails": "holds", "tied": "tied"}
    other_bounds = (0, 1, -1)  # central, against, for: what speaks against the one speaks for the other
    assert {c + other_bounds[c % 3]: mirrored[o] for c, o in outcomes[0].items()} == outcomes[1]


def test_a_tie_stays_a_tie_when_the_two_are_swapped(tmp_path):
    rows = figures()
    of_alder = {(r["measure"], r["year"]): r for r in rows if r["unit"] == "Alderton"}
    twins = [{**of_alder[r["measure"], r["year"]], "unit": "Birchley"} if r["unit"] == "Birchley" else r for r in rows]
    for subject, against in (("Alderton", "Birchley"), ("Birchley", "Alderton")):
        claim = comparison(subject={"unit": subject}, against={"unit": against}, form=FORMS["more"])
        found = findings(audited(tmp_path, case(claim), rows=twins))["more"]["comparison"]
        assert found["judged"]["outcome"] == "tied"


@pytest.mark.parametrize("factor", [60, 1 / 3])
def test_another_unit_of_measurement_changes_no_verdict(tmp_path, factor):
    def scaled(form: dict) -> dict:
        own_unit = [key for key in ("margin", "within") if key in form and form.get("unit") != "percent"]
        return {**form, **{key: form[key] * factor for key in own_unit}}

    rows = [
        {**row, **{key: repr(row[key] * factor) for key in ("value", "low", "high")}}
        if row["measure"] == "delay"
        else row
        for row in figures()
    ]
    claims = [comparison(name, form=form) for name, form in FORMS.items()]
    rescaled = [comparison(name, form=scaled(form)) for name, form in FORMS.items()]
    before = findings(audited(tmp_path / "a", case(*claims, PAIR, LEVEL)))
    after = findings(audited(tmp_path / "b", case(*rescaled, PAIR, LEVEL), rows=rows))
    assert before["more"]["comparison"]["judged"]["score"] != after["more"]["comparison"]["judged"]["score"]
    for name in before:
        assert numbers(after[name]) == numbers(before[name]), name


def test_the_order_of_the_rows_changes_no_byte_of_the_json(tmp_path):
    rows = figures()
    random.Random(9).shuffle(rows)
    before, after = audited(tmp_path / "a"), audited(tmp_path / "b", rows=rows)
    (told,), (told_after) = before.provenance.own_data, after.provenance.own_data[0]
    assert told != told_after
    assert json_text(after).replace(told_after[1], told[1]) == json_text(before)


def test_a_name_in_the_casefile_s_sides_is_no_advantage(tmp_path):
    river = findings(audited(tmp_path / "a", case(comparison())))["more"]
    turned = case({**comparison(), "side": "hill"}, argues_for="hill")
    assert numbers(findings(audited(tmp_path / "b", turned))["more"]) == numbers(river)
