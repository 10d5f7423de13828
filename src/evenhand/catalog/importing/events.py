"""Lists of leaders, regimes, famines, killings and wars turned into rows of the catalogue's own tables.

Nothing is added up here: each author's figure for each year, group or party stays one estimate with what it counts.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from evenhand.catalog.importing.layout import Other
from evenhand.catalog.importing.units import Resolver
from evenhand.catalog.own import slug
from evenhand.model import BadInputError

Row = Mapping[str, str]
Made = dict[str, Any]
UNKNOWN = {"", "-", "-8", "-9", "NA", "nan"}
NOT_NAMED = "The list names nobody as responsible."


def event_rows(other: Other, rows: Sequence[Row], resolver: Resolver) -> tuple[str, list[Made]]:
    """The table of the catalogue that the list belongs to, and its rows."""
    table, make = MAKERS[other.entry]
    found: list[Made] = []
    last = _last_years(rows)
    for number, row in enumerate(rows, start=2):
        whole = (
            {**row, "episode_end": last.get(row.get("episode", ""), "")}
            if not _year_of(row.get("episode_end", "0000"))
            else row
        )
        try:
            found += make(whole, _Codes(resolver))
        except KeyError as error:
            where = f"{other.file}: row 1"
            raise BadInputError(
                f"no column {error}", hint="the list is not laid out as expected", where=where
            ) from error
        except ValueError as error:
            raise BadInputError(f"a number cannot be read: {error}", where=f"{other.file}: row {number}") from error
    return table, found


def _last_years(rows: Sequence[Row]) -> dict[str, str]:
    """For each episode the last year that the list has of it: its end, where it is not over."""
    found: dict[str, str] = {}
    for row in rows:
        episode = row.get("episode", "")
        found[episode] = max(found.get(episode, ""), row.get("year", ""))
    return found


class _Codes:
    """Codes of the list as units of the catalogue."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver

    def __call__(self, *codes: str) -> tuple[str, ...]:
        """The units of the codes, each once; those that nobody knows are left out."""
        found = (self._one(code) for code in codes)
        return tuple(dict.fromkeys(unit for unit in found if unit))

    def _one(self, code: str) -> str:
        if code in self._resolver.declared:
            return self._resolver.bring(code)
        return code if code in self._resolver.known.units else ""


def _tenure(row: Row, units: _Codes) -> list[Made]:
    still = row["censored"] == "1" or row["exit"] == "Still in Office"
    return [
        {
            "person": row["leader"], "unit": "".join(units(row["code"])), "start": row["start"],
            "end": "" if still else row["end"],
            "entry": row["entry"], "exit": row["exit_code"] or row["exit"], "source": row["source"], "leader": "",
        }
    ]  # fmt: skip


def _regime(row: Row, units: _Codes) -> list[Made]:
    return [
        {
            "name": row["regime"], "unit": "".join(units(row["code"])), "kind": row["regime_type"].strip(),
            "start": row["start"], "end": row["end"], "exit": row["fail_type"], "source": row["source"],
        }
    ]  # fmt: skip


def _event(id_: str, kind: str, name: str, years: tuple[str, str], place: tuple[str, ...], by: tuple[str, ...]) -> Made:
    return {
        "id": id_, "kind": kind, "name": name, "other_names": (), "place": place, "responsible": by,
        "start": int(years[0]), "end": int(years[1] or years[0]),
    }  # fmt: skip


def _estimate(
    counted: str, numbers: tuple[str, str, str], author: str, source: str, evidence: str, attribution: str = NOT_NAMED
) -> Made:
    low, central, high = (_whole(number) for number in numbers)
    year = re.search(r"\b(1[89]\d\d|20\d\d)\b", author)
    return {
        "counted": counted, "low": low, "central": central, "high": high, "author": author,
        "year": int(year[1]) if year else None, "source": source, "evidence": evidence, "attribution": attribution,
    }  # fmt: skip


def _whole(number: str) -> int | None:
    return None if number.strip() in UNKNOWN else round(float(number))


def _famine(row: Row, units: _Codes) -> list[Made]:
    event = _event(
        f"{slug(row['source'])}-famine-{slug(row['event'])}", "famine", f"Famine: {row['event']}",
        (row["start"], row["end"]), units(row["code"]), (),
    )  # fmt: skip
    ruled = f" {row['ruler_wimmer_min']} ruled the territory at the time." if row["ruler_wimmer_min"] else ""
    numbers = (row["low"], row["central"], row["high"])
    evidence = "as the list cites it"
    return [event | _estimate("famine-deaths", numbers, row["author"], row["source"], evidence, NOT_NAMED + ruled)]


def _killing_by_year(row: Row, units: _Codes) -> list[Made]:
    start = _year_of(row["episode_start"]) or row["episode"].rpartition("-")[2]
    years = start, _year_of(row["episode_end"])
    state = units(row["location_code"]) if row["government_actor"] == "1" else ()
    name = f"{row['event'] or 'Killing'}, {row['country']}: {row['actor']}, {years[0]}"
    kind = "state-killing" if row["government_actor"] == "1" else "mass-killing"
    event = _event(f"tmk-{slug(row['episode'])}", kind, name, years, units(row["location_code"]), state)
    by = f"Attributed by the list to {row['actor']}."
    author, source = "Butcher and others (2020)", row["source"]
    evidence = row["criterion"] or "no criterion is stated"
    total = _estimate("killed, whole episode", ("", row["episode_total_deaths"], ""), author, source, evidence, by)
    year = _estimate(f"killed in {row['year']}", ("", row["deaths_est"], ""), author, source, evidence, by)
    groups = [
        _estimate(
            f"killed in {row['year']}, {row[f'group{i}']}", (row[f"g{i}_low"], row[f"g{i}_best"], row[f"g{i}_high"]),
            author, source, evidence, by,
        )
        for i in range(1, 6) if row[f"group{i}"]
    ]  # fmt: skip
    return [event | _ordered(one) for one in (total, year, *groups)]


def _year_of(date: str) -> str:
    """The year of a date, however it is written."""
    found = re.search(r"(?<!\d)\d{4}(?!\d)", date)
    return found[0] if found else ""


def _ordered(estimate: Made) -> Made:
    """An estimate whose bounds are out of order in the source keeps its figures as the range that they span."""
    given = [estimate[name] for name in ("low", "central", "high") if estimate[name] is not None]
    if given == sorted(given):
        return estimate
    told = ", ".join(f"{name} {estimate[name]:,}" for name in ("low", "central", "high") if estimate[name] is not None)
    return estimate | {"low": min(given), "central": None, "high": max(given),
                       "evidence": f"{estimate['evidence']} (out of order in the list: {told})"}  # fmt: skip


def _listed_killing(row: Row, units: _Codes) -> list[Made]:
    place = units(row["location_code"] or row["responsible_code"])
    years = row["start"], row["end"] or row["start"]
    state = "State" in row["led_by"] and "Non" not in row["led_by"]
    event = _event(
        f"ewp-{row['event_code']}", "state-killing" if state else "mass-killing",
        f"{row['country']}: {row['event']}, {row['start']}",
        years, place, units(row["responsible_code"]),
    )  # fmt: skip
    by = f"Listed as {row['led_by'].casefold()}."
    return [
        event
        | _estimate(
            "listed, no toll given", ("", "", ""), "Early Warning Project (2025)", row["source"], row["summary"], by
        )
    ]


def _magnitude(row: Row, units: _Codes) -> list[Made]:
    event = _event(
        f"pitf-{row['code'].casefold()}-{row['start']}", "mass-killing",
        f"{row['country']}, {row['start']} to {row['end']} (PITF)",
        (row["start"], row["end"]), units(row["code"]), (),
    )  # fmt: skip
    evidence = f"{row['description']} Highest yearly magnitude {row['max_deathmag']} on the list's scale of 0 to 5."
    return [
        event | _estimate("listed, no toll given", ("", "", ""), "Marshall, Gurr and Harff", row["source"], evidence)
    ]


AUTHORS_OF_WARS = "Sarkees and Wayman (2010)"


def _war_between(row: Row, units: _Codes) -> list[Made]:
    event = _war("inter", row, units(row["code"]), (row["start"], row["end"]))
    counted = f"battle deaths of {row['state']}"
    return [event | _estimate(counted, ("", row["battle_deaths"], ""), AUTHORS_OF_WARS, row["source"], "compilation")]


def _war_abroad(row: Row, units: _Codes) -> list[Made]:
    event = _war("extra", row, units(row["code"]), (row["start"], row["end"]))
    other = row["side_b"] if row["side_a"] == row["state_side"] else row["side_a"]
    sides = ((row["state_side"], row["state_battle_deaths"]), (other, row["non_state_deaths"]))
    return [
        event | _estimate(f"battle deaths of {who}", ("", toll, ""), AUTHORS_OF_WARS, row["source"], "compilation")
        for who, toll in sides if who not in UNKNOWN
    ]  # fmt: skip


def _war_within(row: Row, units: _Codes) -> list[Made]:
    event = _war("intra", row, units(row["code_a"], row["code_b"]), (row["start"], row["end"]))
    sides = (
        (f"battle deaths of {row['side_a']}", row["deaths_a"]), (f"battle deaths of {row['side_b']}", row["deaths_b"]),
        ("battle deaths of both sides", row["total_battle_deaths"]),
    )  # fmt: skip
    return [
        event | _estimate(counted, ("", toll, ""), AUTHORS_OF_WARS, row["source"], "compilation")
        for counted, toll in sides if toll not in UNKNOWN or counted.startswith("battle deaths of both")
    ]  # fmt: skip


def _war(kind: str, row: Row, place: tuple[str, ...], years: tuple[str, str]) -> Made:
    id_ = f"cow-{kind}-{row['war_num']}"
    end = years[1] if years[1] not in UNKNOWN else years[0]
    return _event(
        id_,
        "colonial-war" if kind == "extra" else "war",
        f"{row['war']} (COW {row['war_num']})",
        (years[0], end),
        place,
        (),
    )


MAKERS: Mapping[str, tuple[str, Callable[[Row, _Codes], list[Made]]]] = {
    "leaders": ("tenures", _tenure),
    "regimes": ("regimes", _regime),
    "famines": ("events", _famine),
    "killings-by-year": ("events", _killing_by_year),
    "killings-listed": ("events", _listed_killing),
    "killings-by-magnitude": ("events", _magnitude),
    "wars-between": ("events", _war_between),
    "wars-abroad": ("events", _war_abroad),
    "wars-within": ("events", _war_within),
}
