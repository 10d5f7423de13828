"""The findings as JSON: valid, complete, and with the names of the contract."""

import json
from pathlib import Path

import jsonschema
import pytest
from report_builders import audit, hostile, large
from schema_from_model import PATH, text

from evenhand.report import json_schema, json_text, to_json

CONTRACT = (
    "verdict share share_unweighted share_min share_max combinations distinct judged not_judged standing_share "
    "case_share typical_share units_in_band rank of ties at_least_as_good hinges_on interaction literal events_between "
    "caveats reason sources"
)


@pytest.mark.parametrize("made", [audit, large, hostile])
def test_it_is_valid(made):
    jsonschema.Draft202012Validator.check_schema(json_schema())
    jsonschema.Draft202012Validator(json_schema()).validate(json.loads(json_text(made())))


def test_the_schema_is_that_of_the_dataclasses():
    assert PATH.read_text(encoding="utf-8") == text(), "run: python tests/report/schema_from_model.py"


def test_the_contracts_names_are_there():
    made = to_json(audit())
    assert set(CONTRACT.split()) <= set(made["claims"][0]["finding"])
    assert {"same_standard", "coverage", "provenance"} <= set(made)


def test_outcomes_are_words_and_hinges_by_option():
    finding = to_json(audit())["claims"][0]["finding"]
    assert finding["comparison"]["judged"]["outcome"] == "holds"
    assert finding["hinges_on"][0]["options"] == {"w1": 0.82, "w2": 0.31, "w3": None}
    assert (finding["rank"], finding["at_least"], finding["of"]) == (33, 32, 153)


def test_a_wrong_finding_is_refused():
    made = to_json(audit())
    made["claims"][0]["finding"]["share"] = 1.5
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(json_schema()).validate(made)


def test_same_bytes_twice():
    assert json_text(audit()) == json_text(audit())


def test_every_name_is_documented():
    page = (Path(__file__).parents[2] / "docs" / "json.md").read_text(encoding="utf-8")
    made = to_json(audit())
    names = {*made, *made["claims"][0], *made["claims"][0]["finding"]}
    assert not {name for name in names if f"`{name}`" not in page}
