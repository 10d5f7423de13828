"""Every mistake has its own clear message, at its place, and all come at once in the order of the file."""

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings, strategies as st

from evenhand.case import bind, load, parse_text
from evenhand.model import BadInputError, Vocabulary

Complaints = Callable[..., list[str]]
HEAD = "version: 1\ntext: {file: essay.txt}\n"
SECTIONS = (Path(__file__).parent / "complaints.txt").read_text(encoding="utf-8").split("\n==== ")[1:]
SNAPSHOTS = {name: tuple(rest.split("\n~~~~\n")) for name, _, rest in (part.partition("\n") for part in SECTIONS)}
EMPTY = "essay.case.yaml: the casefile is empty; it needs at least `version: 1` and `text: {file: ...}`"
UNITS = "allowed: units of the catalogue (`evenhand data list --units`) and of the case's own data with new_units: true"


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_each_mistake_has_its_own_message_at_its_place(complaints: Complaints, name: str) -> None:
    lines, expected = SNAPSHOTS[name]
    assert complaints(lines) == expected.strip().split("\n")


@pytest.mark.parametrize("lines", ["", "# nothing\n", "\ufeff"])
def test_an_empty_casefile_is_said_to_be_empty(complaints: Complaints, lines: str) -> None:
    assert complaints(lines) == [EMPTY]


def test_what_no_yaml_may_hold(complaints: Complaints) -> None:
    assert complaints("a: \x07") == [
        (
            "essay.case.yaml: the YAML cannot be read: unacceptable character #x0007: "
            "special characters are not allowed; take the character out"
        )
    ]
    assert complaints("[" * 3000) == ["essay.case.yaml: the YAML is nested too deeply; allowed: 40 levels"]


def test_unknown_names_come_with_the_closest(complaints: Complaints, vocabulary: Vocabulary) -> None:
    lines = HEAD + (
        "default_standard: chnage\nsides: [{id: a, units: [Ruritanai], groups: [dukedoms]}]\nclaims:\n"
        "- {id: c, kind: comparison, quote: No famine, cites: [almanack], event: {id: famine-1912, says: happened},\n"
        "   open: {subject: {unit: Atlantis}, against: {peers: [Graustarc]}, measure: Life expectency,\n"
        "          form: {name: more}, window: {start: 1, end: 2}, choices: [w]}}\n"
    )
    assert complaints(lines, vocabulary) == [
        f"essay.case.yaml:{line}"
        for line in (
            (
                "3:19: default_standard: unknown standard 'chnage'; allowed: level, change, growth, gap-closed, whole-path, nearest-peers, difference-in-differences, "
                "synthetic-control, synthetic-did, augmented-synthetic-control, matrix-completion, penalized-synthetic-control; closest: change"
            ),
            f"4:25: units entry 1: unknown unit 'Ruritanai'; {UNITS}; closest: Ruritania",
            (
                "4:46: groups entry 1: unknown group 'dukedoms'; "
                "allowed: groups of the catalogue (`evenhand data list --groups`) and the case's own; closest: duchies"
            ),
            (
                "6:55: cites entry 1: unknown source 'almanack'; "
                "allowed: the case's own sources and the catalogue's; closest: almanac"
            ),
            (
                "6:78: id: unknown event 'famine-1912'; "
                "allowed: events of the catalogue (`evenhand data list --events`); closest: famine-1911"
            ),
            f"7:27: unit: unknown unit 'Atlantis'; {UNITS}",
            f"7:56: peers entry 1: unknown unit 'Graustarc'; {UNITS}; closest: Graustark",
            (
                "7:78: measure: unknown measure 'Life expectency'; "
                "allowed: measures of the catalogue (`evenhand data list`) and of the case's own data; "
                "closest: Life expectancy, life-expectancy"
            ),
            "8:69: choices entry 1: unknown choice 'w'; allowed: none is declared",
        )
    ]


def test_a_link_that_leads_out_of_the_folder_is_refused(complaints: Complaints, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside.txt"
    outside.write_text("No famine.")
    (tmp_path / "link.txt").symlink_to(outside)
    [said] = complaints("version: 1\ntext: {file: link.txt}\n")
    assert said == (
        "essay.case.yaml:2:14: text 'link.txt': the path is a link that leads out of the casefile's folder; "
        "name a file in the casefile's folder or below it"
    )


def test_a_missing_casefile_and_one_in_another_encoding(write: Callable[[str], Path]) -> None:
    path = write("version: 1")
    with pytest.raises(BadInputError) as caught:
        load(path.with_name("other.yaml"))
    assert str(caught.value) == f"{path.parent}/other.yaml: there is no such file; the folder holds essay.case.yaml"
    path.write_bytes("version: 1 # ö".encode("latin-1"))
    with pytest.raises(BadInputError) as caught:
        load(path)
    assert str(caught.value) == (
        f"{path}: this is not UTF-8: byte 13, on line 1, is 0xf6; save it as plain text in UTF-8 and try again"
    )


def test_an_alias_bomb_is_defused(complaints: Complaints) -> None:
    lines = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    lines += "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 9))
    assert complaints(lines) == [
        "essay.case.yaml:1:34: the file unfolds to more than 200,000 values; use fewer aliases (*name)"
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_any_text_is_a_case_or_an_error_in_words(tmp_path: Path, source: str) -> None:
    with contextlib.suppress(BadInputError):
        bind(parse_text(source, tmp_path / "any.case.yaml"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "kind", "quote", "open", "form", "value", "options", "from", "to", "ties", "x"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(
            [
                "version",
                "text",
                "window",
                "sides",
                "choices",
                "claims",
                "data",
                "groups",
                "links",
                "sources",
                "drafted",
                "positions",
                "testimony",
                "classes",
                "disputes",
            ]
        ),
        JSON,
    )
)
@example(
    {"claims": [{"id": []}], "links": [{"id": [], "to": {}, "from": [[]]}], "choices": [{"id": {}, "kind": "window"}]}
)
def test_any_shape_of_data_is_an_error_in_words(tmp_path: Path, data: dict[str, object]) -> None:
    from evenhand.case import draft

    with pytest.raises(BadInputError) as caught:
        bind(draft(data, tmp_path / "any.case.yaml"))
    assert caught.value.problems
