"""``evenhand compare`` under rules that look before an event: places, p, how often such a test errs; and a cluster."""

import json

import pytest

from evenhand.compare import STANDARDS

YEARS = ("--from", "2005", "--event", "2012", "--to", "2019")
DELAY = ("--measure", "delay", "--direction", "down", "--data", "case/own.csv", "--new-units")


@pytest.fixture
def ask(here, folder):
    return lambda *words, **more: here("compare", *DELAY, *words, **more)


@pytest.mark.parametrize("name", [name for name, rule in STANDARDS.items() if rule().needs_pre])
def test_every_rule_that_looks_before_an_event_can_be_asked(ask, name):
    done = ask("Alderton", *YEARS, "--standard", name)
    assert done.returncode == 0
    assert "Cannot be judged" not in done.stdout


def test_placebos_are_told_with_how_often_they_err(ask):
    told = ask("Alderton", *YEARS, "--standard", "synthetic-control", "--placebos").stdout
    assert "Alderton from 2012, by synthetic-control: 2005 to 2019, 12 units" in told
    assert "place by effect:" in told
    assert "by quarters of starting level" in told
    assert "None of these is the chance that nothing happened." in told


def test_json_holds_every_unit_beside_the_finding(ask):
    told = json.loads(ask("Alderton", *YEARS, "--standard", "synthetic-control", "--placebos", "--json").stdout)
    assert len(told["placebos"]["unit"]) == 12
    assert told["verdict"]
    assert "placebos" not in json.loads(ask("Alderton", *YEARS, "--json").stdout)


def test_placebos_want_a_rule_that_looks_before_an_event(ask):
    done = ask("Alderton", "--from", "2005", "--to", "2019", "--placebos")
    assert done.returncode == 2
    assert "--placebos wants a rule that looks before an event" in done.stderr
    assert "synthetic-control" in done.stderr


def test_a_scheduler_that_does_not_answer_is_bad_input(ask):
    pytest.importorskip("distributed")
    done = ask("Alderton", *YEARS, "--multiverse", "--scheduler", "tcp://127.0.0.1:1")
    assert done.returncode == 2
    assert "no scheduler answers at 'tcp://127.0.0.1:1'" in done.stderr
