"""A casefile can express everything that a careful reader marked in the essay that the idea comes from.

Needs ``../shared/essays`` beside the checkout; the essay itself is no part of this project.
"""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from evenhand.case import bind, draft, load, save
from evenhand.text import recompute
from evenhand.text.fold import fold as folded

ESSAYS = Path(__file__).parents[3] / "shared" / "essays"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not (ESSAYS / "why-defend.gold.yaml").is_file(), reason="no ../shared/essays beside the checkout"
    ),
]
SUM = re.compile(r"(.+?) = [\d.]+, against (.+?) = [\d.]+")
SOURCE = {"id": "schwartz", "citation": "Schwartz 1998, Atomic Audit, pp. 3-4"}


def marked() -> list[dict[str, Any]]:
    claims: list[dict[str, Any]] = YAML(typ="safe").load(ESSAYS / "why-defend.gold.yaml")["claims"]
    return claims


def expressed(number: int, gold: dict[str, Any]) -> dict[str, Any]:
    """One marking as a claim of a casefile: comparisons opened, events named, sums written out."""
    claim = {"id": f"c{number}", "by": {"who": "person"}}
    claim |= {key: gold[key] for key in ("kind", "quote", "voice", "stance", "veiled", "move") if key in gold}
    claim["questions"] = [str(gold[key]) for key in ("missing", "note", "cites") if key in gold]
    if gold["kind"] == "comparison":
        claim["open"] = {
            "subject": {"group": "subject"} if "," in gold.get("subject", ",") else {"unit": gold["subject"]},
            "against": {"unit": gold["against"]} if "against" in gold else {"peers": "all"},
            "measure": "to be found",
            "form": {"name": "most" if gold.get("move") == "superlative" else "more"},
        }
    if gold["kind"] == "event":
        claim["event"] = {"id": f"event-{number}", "says": "happened", "stated": gold["quote"]}
    if gold["kind"] == "quantity":
        claim["figure"] = {"unit": "USA", "measure": "to be found", "year": 1990, "stated": gold["quote"]}
    if "arithmetic" in gold:
        expression, stated = SUM.fullmatch(gold["arithmetic"]).groups()
        claim |= {"arithmetic": {"expression": expression, "stated": f"close to {stated}"}, "cites": ["schwartz"]}
    return claim


def test_every_marking_can_be_written_down_and_read_back(tmp_path: Path) -> None:
    shutil.copy(ESSAYS / "why-defend.txt", tmp_path / "essay.txt")
    gold = marked()
    data = {
        "version": 1,
        "text": {"file": "essay.txt"},
        "window": {"start": 1917, "end": 1991},
        "groups": [{"id": "subject", "members": [{"unit": "Stalin"}, {"unit": "Mao"}]}],
        "sources": [SOURCE],
        "claims": [expressed(i, claim) for i, claim in enumerate(gold)],
    }
    path = save(draft(data, tmp_path / "essay.case.yaml"))
    case = load(path)
    assert len(case.claims) == len(gold) > 60
    for claim, mark in zip(case.claims, gold, strict=True):
        found = case.document.text[claim.span.start : claim.span.end]
        assert folded(found).text == folded(mark["quote"]).text
        assert (claim.kind, claim.veiled, claim.move) == (mark["kind"], mark["veiled"], mark.get("move"))
        assert (claim.voice, claim.stance) == (mark.get("voice", "author"), mark.get("stance"))
    assert sum(claim.open is not None for claim in case.claims) == sum(mark["kind"] == "comparison" for mark in gold)
    assert case == bind(draft(data, path))


def test_the_essays_one_sum_comes_out_as_the_reader_found(tmp_path: Path) -> None:
    gold = next(mark for mark in marked() if "arithmetic" in mark)
    expression, stated = SUM.fullmatch(gold["arithmetic"]).groups()
    found = recompute(expression, f"close to {stated}")
    assert found.agrees
    assert found.shown == "5.8 / 18.7 = 0.310, against close to a third = 0.333 (within 10 %)"
    assert f"{found.value:.3f}" in gold["arithmetic"]
    assert f"{found.stated_value:.3f}" in gold["arithmetic"]
