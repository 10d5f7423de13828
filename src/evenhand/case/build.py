"""Plain data that was checked, to the casefile's own dataclasses."""

from pathlib import Path as FilePath
from typing import Any

from evenhand.case.casefile import (
    Against,
    Agreement,
    Arithmetic,
    By,
    Claim,
    ClassRef,
    Dispute,
    EventRef,
    Exclusion,
    Figure,
    Link,
    MembershipRule,
    Note,
    OpenComparison,
    Peers,
    Position,
    Reviewed,
    SaidTie,
    Side,
    Spent,
    Statement,
    Subject,
    TextRef,
    Window,
)
from evenhand.case.own import CaseGroup, CaseMeasure, CaseSource, CaseTie, DataFile, Member
from evenhand.model import Choice, Form, Option
from evenhand.text import Span

Data = Any  # a mapping that the schema has allowed
PERIOD = {"from": "start", "to": "end"}


def text_ref(data: Data) -> TextRef:
    return TextRef(**data)


def window(data: Data | None) -> Window | None:
    return None if data is None else Window(**data)


def side(data: Data) -> Side:
    return Side(data["id"], data.get("name", data["id"]), words(data, "units"), words(data, "groups"))


def data_file(data: Data, folder: FilePath) -> DataFile:
    measures = tuple(CaseMeasure(**{"name": entry["id"], **entry}) for entry in data.get("measures", ()))
    return DataFile(data["file"], folder / data["file"], data.get("source"), data.get("new_units", False), measures)


def group(data: Data) -> CaseGroup:
    members = tuple(Member(**renamed(entry, PERIOD)) for entry in data["members"])
    return CaseGroup(data["id"], data.get("name", data["id"]), members)


def source(data: Data) -> CaseSource:
    return CaseSource(**{**data, "ties": tuple(CaseTie(**tie) for tie in data.get("ties", ()))})


def statement(data: Data) -> Statement:
    return Statement(**data)


def agreement(data: Data) -> Agreement:
    spent = tuple(Spent(**renamed(entry, {"for": "pushes"})) for entry in data.get("spent", ()))
    return Agreement(**{**data, "spent": spent})


def choice(data: Data) -> Choice:
    options = tuple(
        Option(
            entry["id"],
            entry.get("label", entry["id"]),
            option_value(data["kind"], entry["value"]),
            entry.get("because", ""),
        )
        for entry in data["options"]
    )
    return Choice(data["id"], options, data["kind"])


def option_value(kind: str, value: Any) -> Any:
    """What an option of a choice of this kind stands for."""
    if kind == "window":
        return Window(**value)
    if kind == "peers":
        return peers(value)
    if kind == "membership":
        named = isinstance(value["with"], list)
        return MembershipRule(value["group"], "list" if named else value["with"], tuple(value["with"]) if named else ())
    return value


def peers(value: Any) -> Peers:
    if isinstance(value, dict):
        return Peers("group", group=value["group"])
    return Peers("list", units=tuple(value)) if isinstance(value, list) else Peers(value)


def claim(data: Data, span: Span, line: int, case: Data) -> Claim:
    plain = ("prefix", "suffix", "reads", "stance", "move", "side")
    given: dict[str, Any] = {key: data[key] for key in plain if key in data}
    given |= {key: data[key] for key in ("voice", "veiled") if key in data}
    sums = data.get("arithmetic", [])
    return Claim(
        data["id"], data["kind"], data["quote"], span, line,
        readings=words(data, "readings"), cites=words(data, "cites"), questions=words(data, "questions"),
        equates=words(data, "equates"),
        by=By(**data["by"]) if "by" in data else None,
        open=comparison(data["open"], case) if "open" in data else None,
        arithmetic=tuple(Arithmetic(**entry) for entry in (sums if isinstance(sums, list) else [sums])),
        figure=Figure(**data["figure"]) if "figure" in data else None,
        event=EventRef(**data["event"]) if "event" in data else None,
        klass=ClassRef(**renamed(data["class"], PERIOD)) if "class" in data else None,
        reviewed=Reviewed(**data["reviewed"]) if "reviewed" in data else None,
        tie=SaidTie(**data["tie"]) if "tie" in data else None,
        consensus=agreement(data["consensus"]) if "consensus" in data else None,
        **given,
    )  # fmt: skip


def comparison(data: Data, case: Data) -> OpenComparison:
    against = data.get("against")
    subject = data["subject"]
    return OpenComparison(
        Subject(subject.get("unit"), subject.get("group"), words(subject, "units")),
        None if against is None else Against(peers(against["peers"]) if "peers" in against else None,
                                             against.get("unit"), against.get("group")),
        data["measure"],
        Form(**data["form"]),
        window(data.get("window", case.get("window"))),
        data.get("standard", case.get("default_standard")),
        words(data, "choices"),
        tuple(Exclusion(**entry) for entry in data.get("exclude", ())),
        words(data, "needs_to_see"),
    )  # fmt: skip


def link(data: Data) -> Link:
    return Link(
        tuple(data["from"]), data["to"], data["kind"], data["id"], data.get("joint", False), data.get("scheme"),
        data.get("unstated"),
    )  # fmt: skip


def position(data: Data) -> Position:
    return Position(data["id"], data.get("name", data["id"]), tuple(data["holds"]), words(data, "rejects"))


def dispute(data: Data) -> Dispute:
    return Dispute(**data)


def note(data: Data) -> Note:
    return Note(**data)


def words(data: Data, key: str) -> tuple[str, ...]:
    return tuple(data.get(key, ()))


def renamed(data: Data, keys: dict[str, str]) -> Data:
    return {keys.get(key, key): value for key, value in data.items()}
