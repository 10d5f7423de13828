"""A casefile that is right is loaded whole; its names become ids and its quotes spans."""

from collections.abc import Callable
from pathlib import Path

import pytest

from evenhand.case import (
    Against,
    Arithmetic,
    By,
    EventRef,
    Exclusion,
    Figure,
    Member,
    MembershipRule,
    Peers,
    Subject,
    Window,
    bind,
    find_case,
    find_text,
    is_casefile,
    load,
    parse,
)
from evenhand.model import BadInputError, Form, Problem, Vocabulary

FULL = """\
version: 1
text: {file: essay.txt, title: On Ruritania, author: A. Hope, language: en}
window: {start: 1950, end: 1985}
default_standard: change
sides:
- {id: a, name: The duchies, units: [Ruritania, NO], groups: [duchies]}
- {id: b, units: [Graustark]}
argues_for: a
data:
- file: own.csv
  source: census
  new_units: true
  measures:
  - {id: rolls, name: School rolls, unit: pupils, better: neither, scale: count, minimum: 0}
groups:
- id: coast
  name: The coast
  members:
  - {unit: Ruritania, from: 1900}
  - {unit: Zenda, from: 1900, to: 1910, status: disputed, because: inland}
sources:
- {id: census, citation: "Census office, 1990", ties: [{to: Ruritania, kind: state-control}]}
choices:
- id: years
  kind: window
  options:
  - {id: long, value: {start: 1950, event: 1960, end: 1985}}
  - {id: short, label: Short, value: {start: 1955, end: 1980}, because: the war}
- id: peers
  kind: peers
  options:
  - {id: all, value: all}
  - {id: coast, value: {group: The coast}}
  - {id: two, value: [Graustark, NO]}
- id: members
  kind: membership
  options:
  - {id: with, value: {group: coast, with: all}}
  - {id: some, value: {group: coast, with: [Zenda]}}
- {id: gap, kind: tolerance, options: [{id: two, value: 2}]}
- {id: of, kind: measure, options: [{id: le, value: Life expectancy}, {id: rolls, value: School rolls}]}
- {id: lists, kind: sources, options: [{id: one, value: census}]}
claims:
- id: c1
  kind: comparison
  quote: raised life expectancy more than its peers
  reads: Life expectancy rose more there.
  by: {who: person, name: A reader}
  side: a
  cites: [census, almanac]
  veiled: true
  move: superlative
  open:
    subject: {unit: Ruritania}
    against: {peers: all}
    measure: Life expectancy
    form: {name: by-at-least, margin: 2.5}
    choices: [years, peers]
    exclude: [{choice: standard, option: level, because: it rewards the start}]
    needs_to_see: [famine]
- id: c2
  kind: quantity
  quote: fell from 44 to 35, nearly a fifth
  arithmetic: {expression: (44 - 35) / 44, stated: nearly a fifth}
  figure: {unit: NO, measure: rolls, year: 1980, stated: 35, tolerance: 10 %}
- id: c3
  kind: event
  quote: No famine
  voice: reported
  stance: rejects
  event: {id: famine-1911, says: denied}
  questions: [Which years?]
- id: c4
  kind: comparison
  quote: rolls fell
  open: {subject: {units: [Ruritania, Graustark]}, measure: rolls, form: {name: fell}, standard: level,
         window: {start: 1900, end: 1910}}
links:
- {id: l1, from: [c2], to: c1, kind: support}
disputes:
- {claim: c1, by: B. Reader, reason: too short}
notes:
- {at: 1960, text: see there}
"""


def test_everything_in_the_contract_is_read(write: Callable[[str], Path], vocabulary: Vocabulary) -> None:
    path = write(FULL)
    (path.parent / "own.csv").write_text("unit,year,value\nNO,1980,35\n")
    case = load(path, vocabulary)
    assert (case.version, case.title, case.text.author, case.window) == (
        1,
        "On Ruritania",
        "A. Hope",
        Window(1950, 1985),
    )
    assert case.sides[0].units == ("ruritania", "norway")
    assert (case.sides[1].name, case.argues_for) == ("b", "a")
    assert case.data[0].path == path.parent / "own.csv"
    assert (case.data[0].measures[0].name, case.data[0].new_units) == ("School rolls", True)
    assert case.groups[0].members == (
        Member("ruritania", 1900),
        Member("old-zenda", 1900, 1910, "disputed", "inland"),
    )
    assert case.sources[0].ties[0].to == "Ruritania"
    values = {choice.id: [option.value for option in choice.options] for choice in case.choices}
    assert values["years"] == [Window(1950, 1985, 1960), Window(1955, 1980)]
    assert values["peers"] == [Peers("all"), Peers("group", group="coast"), Peers("list", ("graustark", "norway"))]
    assert values["members"] == [MembershipRule("coast", "all"), MembershipRule("coast", "list", ("old-zenda",))]
    assert (values["gap"], values["of"]) == ([2], ["life-expectancy", "rolls"])
    assert case.choice("years").options[1].label == "Short"
    assert [link.sources for link in case.links] == [("c2",)]
    assert [note.at for note in case.notes] == [1960]


def test_claims_are_tied_to_words_and_opened(write: Callable[[str], Path], vocabulary: Vocabulary) -> None:
    path = write(FULL)
    (path.parent / "own.csv").write_text("unit,year,value\nNO,1980,35\n")
    case = load(path, vocabulary)
    first, second, third, fourth = case.claims
    assert case.document.text[first.span.start : first.span.end] == "raised life expectancy more than its peers"
    assert (first.line, second.line) == (44, 61)
    assert (first.by, first.cites, first.side) == (By("person", "A reader"), ("census", "almanac"), "a")
    opened = first.open
    assert opened is not None
    assert (opened.subject, opened.against) == (Subject("ruritania"), Against(Peers("all")))
    assert (opened.measure, opened.form) == ("life-expectancy", Form("by-at-least", margin=2.5))
    assert (opened.window, opened.standard, opened.choices) == (Window(1950, 1985), "change", ("years", "peers"))
    assert opened.exclude == (Exclusion("standard", "level", "it rewards the start"),)
    assert second.arithmetic == (Arithmetic("(44 - 35) / 44", "nearly a fifth"),)
    assert second.figure == Figure("norway", "rolls", 1980, 35, "10 %")
    assert (third.event, third.voice, third.stance) == (EventRef("famine-1911", "denied"), "reported", "rejects")
    assert fourth.open is not None
    assert (fourth.open.window, fourth.open.standard, fourth.open.against) == (Window(1900, 1910), "level", None)
    assert case.claim("c3") is third


def test_what_is_not_used_yet_is_accepted_and_said(write: Callable[[str], Path]) -> None:
    path = write(FULL)
    (path.parent / "own.csv").write_text("unit,year,value\n")
    said = [str(problem).replace(f"{path}:", "") for problem in load(path).unchecked]
    assert said == []


def test_without_a_vocabulary_names_stand_as_written(write: Callable[[str], Path]) -> None:
    case = load(write("version: 1\ntext: {file: essay.txt}\nsides: [{id: a, units: [NO, no, yes, on, 'null']}]\n"))
    assert case.sides[0].units == ("NO", "no", "yes", "on", "null")


def test_two_phases_serve_a_vocabulary_that_needs_the_cases_own_files(
    write: Callable[[str], Path], vocabulary: Vocabulary
) -> None:
    path = write(FULL)
    (path.parent / "own.csv").write_text("unit,year,value\n")
    raw = parse(path)
    assert [file.path.name for file in raw.files] == ["own.csv"]
    assert [measure.id for measure in raw.files[0].measures] == ["rolls"]
    assert [group.name for group in raw.groups] == ["The coast"]
    assert [source.id for source in raw.sources] == ["census"]
    assert bind(raw, vocabulary) == load(path, vocabulary)
    with pytest.raises(BadInputError) as caught:
        bind(raw, vocabulary, also=[Problem("own.csv:2", "the value is no number")])
    assert str(caught.value) == "own.csv:2: the value is no number"


def test_own_files_that_are_badly_described_are_left_to_bind(write: Callable[[str], Path]) -> None:
    data = "[{file: ../x}, {fil: y}, 3, {file: no.csv}, {file: essay.txt, measures: [{id: m, unit: u, better: up}]}]"
    raw = parse(write(f"version: 1\ntext: {{file: essay.txt}}\ndata: {data}\ngroups: [{{}}]\n"))
    assert (raw.files, raw.groups, raw.sources) == ((), (), ())


def test_anchors_and_aliases_are_plain_yaml(write: Callable[[str], Path]) -> None:
    case = load(write("version: 1\ntext: {file: essay.txt}\nsides: [{id: a, units: &u [X, Y]}, {id: b, units: *u}]\n"))
    assert case.sides[0].units == case.sides[1].units == ("X", "Y")


def test_a_hash_that_fits_is_silent(write: Callable[[str], Path]) -> None:
    path = write("version: 1\ntext: {file: essay.txt}\n")
    digest = load(path).document.sha256
    path.write_text(f"version: 1\ntext: {{file: essay.txt, sha256: {digest}}}\n")
    assert load(path).text.sha256 == digest


def test_text_and_casefile_find_each_other(write: Callable[[str], Path]) -> None:
    path = write("version: 1\ntext: {file: essay.txt}\n")
    text = path.with_name("essay.txt")
    assert find_case(text) == path
    assert find_text(path) == text
    assert is_casefile(path)
    assert not is_casefile(text)
    other = path.with_name("essay.txt.case.yaml")
    path.rename(other)
    assert find_case(text) == other
    path.write_text("version: 1\n")
    with pytest.raises(BadInputError) as caught:
        find_case(text)
    assert str(caught.value) == (
        f"{text}: several casefiles lie beside this text: essay.case.yaml and essay.txt.case.yaml; "
        "name the one you mean"
    )
    with pytest.raises(BadInputError) as caught:
        find_case(path.with_name("other.txt"))
    assert str(caught.value) == (
        f"{path.parent}/other.txt: there is no casefile beside this text; write one named other.case.yaml"
    )
    with pytest.raises(BadInputError, match="the casefile names no text"):
        find_text(path)
