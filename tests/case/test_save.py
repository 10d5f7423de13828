"""What is written is what was read: comments, order and all; and either whole or not at all."""

import random
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from evenhand.case import RawCase, bind, draft, load, parse, parse_text, save
from evenhand.model import CLAIM_KINDS, FORM_NAMES, MOVES, STANCES, BadInputError

TEXT = "Ruritania raised life expectancy more than its peers. Its rolls fell from 44 to 35, nearly a fifth. No famine."
QUOTES = ["Ruritania", "raised life expectancy", "44 to 35", "nearly a fifth.", "No famine", "  more\nthan "]
SAME_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])

WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30) | st.sampled_from(
    [
        "NO",
        "null",
        "~",
        "1",
        "1e3",
        "0o17",
        "2020-01-01",
        "true",
        "a: b",
        "# no",
        "- x",
        "'",
        '"',
        "it's",
        "é😀",
        " x ",
        "|",
        "\n",
    ]
)
IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,8}", fullmatch=True)
YEARS = st.integers(1800, 2000)


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


def window(*, event: bool = True) -> st.SearchStrategy[dict[str, Any]]:
    years = st.lists(YEARS, min_size=3, max_size=3).map(sorted)
    return years.map(lambda y: {"start": y[0], **({"event": y[1]} if event else {}), "end": y[2]})


PEERS = st.sampled_from(["all", "region", "nearest"]) | st.lists(WORDS, min_size=1, max_size=3, unique=True)
OPTIONS = {
    "window": window(),
    "peers": PEERS,
    "values": st.sampled_from(["central", "against", "for"]),
    "tolerance": st.integers(0, 10),
    "standard": WORDS,
    "scale": st.sampled_from(["as-published", "log"]),
}


def choice(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    option = st.fixed_dictionaries({"id": IDS, "value": OPTIONS[kind]}, optional={"because": WORDS, "label": WORDS})
    options = st.lists(option, min_size=1, max_size=3, unique_by=lambda one: one["id"])
    return st.fixed_dictionaries({"id": IDS, "kind": st.just(kind), "options": options})


def form(name: str) -> dict[str, Any]:
    extra = {"by-at-least": {"ratio": 1.5}, "same": {"within": 2, "unit": "percent"}, "at-most": {"margin": 3.25}}
    return {"name": name, "direction": "down", **extra.get(name, {})}


OPEN = st.fixed_dictionaries(
    {
        "subject": st.just({"unit": "Ruritania"})
        | st.lists(WORDS, min_size=2, max_size=3, unique=True).map(lambda units: {"units": units}),
        "against": PEERS.map(lambda peers: {"peers": peers}) | st.just({"unit": "Graustark"}),
        "measure": WORDS,
        "form": st.sampled_from(FORM_NAMES).map(form),
        "window": window(),
    },
    optional={"standard": WORDS, "needs_to_see": st.lists(WORDS, max_size=2, unique=True)},
)
CLAIM = st.fixed_dictionaries(
    {"id": IDS, "kind": st.sampled_from(CLAIM_KINDS), "quote": st.sampled_from(QUOTES)},
    optional={
        "reads": WORDS,
        "veiled": st.booleans(),
        "move": st.sampled_from([*MOVES, None]),
        "questions": st.lists(WORDS, max_size=2),
        "by": some(name=WORDS).map(lambda by: {"who": "person", **by}),
        "open": OPEN,
        "arithmetic": st.just({"expression": "(44 - 35) / 44", "stated": "nearly a fifth"}),
        "figure": st.fixed_dictionaries(
            {"unit": WORDS, "measure": WORDS, "year": YEARS, "stated": WORDS | st.integers() | st.just(0.25)}
        ),
        "event": st.fixed_dictionaries({"id": WORDS, "says": st.just("scale")}, optional={"stated": WORDS}),
    },
)
REPORTED = st.sampled_from(STANCES).map(lambda stance: {"voice": "reported", "stance": stance}) | st.just({})
CASES = st.fixed_dictionaries(
    {"version": st.just(1), "text": some(title=WORDS, author=WORDS).map(lambda text: {"file": "essay.txt", **text})},
    optional={
        "window": window(event=False),
        "default_standard": WORDS,
        "sides": st.lists(
            st.fixed_dictionaries({"id": IDS}, optional={"units": st.lists(WORDS, unique=True, max_size=3)}),
            max_size=3,
            unique_by=lambda one: one["id"],
        ),
        "argues_for": st.none(),
        "choices": st.lists(
            st.sampled_from(list(OPTIONS)).flatmap(choice), max_size=3, unique_by=lambda one: one["id"]
        ),
        "claims": st.lists(
            st.tuples(CLAIM, REPORTED).map(lambda both: both[0] | both[1]), max_size=4, unique_by=lambda one: one["id"]
        ),
        "notes": st.lists(st.fixed_dictionaries({"at": WORDS | YEARS, "text": WORDS}), max_size=2),
    },
)


@SAME_FOLDER
@given(CASES)
def test_any_case_comes_back_as_it_was_saved(tmp_path: Path, data: dict[str, Any]) -> None:
    (tmp_path / "essay.txt").write_text(TEXT)
    raw = draft(data, tmp_path / "essay.case.yaml")
    assert raw.data == data
    assert raw.problems == ()
    path = save(raw)
    again = parse(path)
    assert again == raw
    assert list(again.data) == list(data)
    assert load(path) == bind(raw)


@SAME_FOLDER
@given(CASES, st.randoms(use_true_random=False), WORDS)
def test_comments_and_order_survive_an_edit(
    tmp_path: Path, data: dict[str, Any], rng: random.Random, reads: str
) -> None:
    data = {**data, "claims": [*data.get("claims", []), {"id": "the-last", "kind": "value", "quote": "No famine"}]}
    raw = commented(draft(data, tmp_path / "essay.case.yaml"), rng)
    comments = [line.strip() for line in raw.source.splitlines() if line.strip().startswith("# note ")]
    edited = raw.set(("claims", len(data["claims"]) - 1, "reads"), reads)
    kept = [line.strip() for line in edited.source.splitlines() if line.strip().startswith("# note ")]
    assert kept == comments
    assert edited.data["claims"][-1]["reads"] == reads
    assert list(edited.data) == list(data)
    del edited.data["claims"][-1]["reads"]
    assert edited.data == data


def commented(raw: RawCase, rng: random.Random) -> RawCase:
    """The same casefile with comments before some of its top-level keys and claims."""
    out = []
    for line in raw.source.splitlines(keepends=True):
        if line.startswith(("text:", "window:", "sides:", "claims:", "choices:", "- id: ")) and rng.random() < 0.7:
            out.append(f"# note {len(out)}\n")
        out.append(line)
    return parse_text("".join(out), raw.path)


STYLED = """\
# A case that somebody wrote by hand.
version: 1

text: {file: essay.txt}   # flow style stays
claims:
  # the first one
  - id: 'c1'              # quotes stay
    kind: comparison
    quote: >
      raised life
      expectancy
    open: {subject: {unit: NO}, against: {peers: all}, measure: "m", form: {name: more},
           window: {start: 1_950, end: 1985}}

  - id: c2
    kind: event
    quote: No famine
# the end
"""
FLOW = [line for line in STYLED.splitlines() if "peers: all" in line or "1_950" in line]


def test_a_casefile_that_nobody_edits_is_written_to_the_byte(write: Callable[[str], Path]) -> None:
    path = write(STYLED)
    before = path.read_bytes()
    save(parse(path))
    assert path.read_bytes() == before


def test_an_edit_changes_its_own_line_and_nothing_else(write: Callable[[str], Path]) -> None:
    raw = parse(write(STYLED))
    edited = raw.set(("claims", 1, "kind"), "value").set(("text", "title"), "NO: 1")
    before, after = raw.source.splitlines(), edited.source.splitlines()
    gone = [line for line in before if line not in after]
    new = [line for line in after if line not in before]
    assert new == [
        "text: {file: essay.txt, title: 'NO: 1'} # flow style stays",
        FLOW[0] + " " + FLOW[1].strip(),
        "    kind: value",
    ]
    assert gone == [
        "text: {file: essay.txt}   # flow style stays",
        *FLOW,
        "    kind: event",
    ]
    assert bind(edited).claims[1].kind == "value"


def test_what_is_not_there_yet_can_be_set(write: Callable[[str], Path]) -> None:
    raw = parse(write("version: 1\ntext: {file: essay.txt}\n# the end\n"))
    raw = raw.set(("claims", 0), {"id": "c1", "kind": "event", "quote": "No famine"})
    raw = raw.set(("claims", 1), {"id": "c2", "kind": "value", "quote": "Ruritania"}).set(
        ("window",), {"start": 1, "end": 2}
    )
    case = bind(raw)
    assert [claim.id for claim in case.claims] == ["c1", "c2"]
    assert "# the end" in raw.source


def test_windows_line_ends_stay(write: Callable[[str], Path]) -> None:
    path = write("")
    path.write_bytes(b"version: 1\r\ntext:\r\n  file: essay.txt # here\r\n")
    save(parse(path).set(("argues_for",), None))
    assert path.read_bytes() == b"version: 1\r\ntext:\r\n  file: essay.txt # here\r\nargues_for:\r\n"


def test_a_broken_casefile_is_not_edited(write: Callable[[str], Path]) -> None:
    with pytest.raises(BadInputError, match="stands twice"):
        parse(write("version: 1\nversion: 1\n")).set(("version",), 1)


def test_saving_keeps_permissions_and_follows_links(write: Callable[[str], Path]) -> None:
    path = write("version: 1\ntext: {file: essay.txt}\n")
    path.chmod(0o640)
    link = path.with_name("link.case.yaml")
    link.symlink_to(path)
    assert save(parse(path).set(("text", "title"), "T"), link) == path
    assert link.is_symlink()
    assert parse(path).data["text"]["title"] == "T"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_nothing_is_half_written(write: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("version: 1\ntext: {file: essay.txt}\n")
    raw = parse(path).set(("text", "title"), "T")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(BadInputError) as caught:
        save(raw)
    assert str(caught.value) == (
        f"{path}: the casefile cannot be written; nothing was changed: "
        "No space left on device; check the folder and its permissions"
    )
    assert path.read_text() == "version: 1\ntext: {file: essay.txt}\n"
    assert sorted(file.name for file in path.parent.iterdir()) == ["essay.case.yaml", "essay.txt"]


def test_a_folder_that_is_not_there_is_an_error(write: Callable[[str], Path]) -> None:
    raw = parse(write("version: 1\ntext: {file: essay.txt}\n"))
    with pytest.raises(BadInputError, match="does not exist"):
        save(raw, raw.path.parent / "no" / "essay.case.yaml")
