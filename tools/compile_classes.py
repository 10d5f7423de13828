"""How do the classes that claims about "how often" and "how long" are counted in come out of lists of others?

    python tools/compile_classes.py LISTS [--reference FOLDER]

LISTS is a folder with ``regimes.csv``, ``events/wars_intrastate_participants.csv``, ``events/coups_powell_thyne.csv``,
``events/coups_cline.csv``, ``measures/democracy_bmr.csv`` and ``measures/women_suffrage_lied.csv``. Writes
``class_members.csv`` anew; ``classes.csv``, which defines each class, is edited by hand. The rules, the same for all:

* A member belongs to a state of ``units.csv``; so the table grows and shrinks with that list and by nobody's taste.
* Autocratic regimes (Geddes, Wright and Frantz): core where the list gives one type, disputed where it gives a mixed one
  (``party-personal`` is a disputed member of the party regimes, and one of the personal ones). Outcome: did a popular
  uprising, or insurgents in a civil war, bring it down (ways of ending 4 and 6)? A regime in power on 31 December 2010 goes on.
* Democracies (Boix, Miller and Rosato): an unbroken run of years coded 1, from the first of January of the first to the last of
  December of the last. Disputed where women could not vote in the first year by Skaaning and others (under 1 of 1), or where
  that is not known.
* Wars for the control of a state (Correlates of War, type 4): outcome yes where the side that fought the government won.
  Disputed where the war ended in a compromise, a stalemate or a smaller war: whether that is an attempt that failed is a
  matter of opinion. A war that went on, or became another one, is undecided.
* Attempts at a coup (Powell and Thyne): outcome as listed. Disputed where the Cline Center's list has none in that state
  within 30 days, or has one with the other outcome.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

Row = dict[str, str]
FIELDS = ["class", "name", "unit", "start", "end", "goes_on", "outcome", "status", "because", "source"]
HOME = Path(__file__).resolve().parents[1] / "src" / "evenhand" / "catalog" / "reference"
KINDS = {
    "party": "party-regimes",
    "military": "military-regimes",
    "personal": "personal-regimes",
    "monarchy": "monarchies",
}
WAYS = {
    "1": "its insiders changed the rules", "2": "it lost an election", "3": "an opponent won a free election",
    "4": "a popular uprising ended it", "5": "a military coup ended it", "6": "insurgents or a civil war ended it",
    "7": "it was ended from abroad", "8": "a new leader changed the rules and stayed", "9": "the state itself ended",
}  # fmt: skip
UNSETTLED = {"3": "a compromise", "6": "a stalemate", "7": "a smaller war that went on"}
BMR_LAST, GWF_LAST, COW_LAST, NEAR = 2020, "2010-12-31", "2014", 30


def read(path: Path) -> list[Row]:
    with path.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def member(class_: str, name: str, unit: str, span: tuple[str, str], **more: str) -> Row:
    blank = dict.fromkeys(FIELDS, "")
    return (
        blank | {"class": class_, "name": " ".join(name.split()), "unit": unit, "start": span[0], "end": span[1]} | more
    )


def regimes(lists: Path) -> list[Row]:
    out = []
    for row in read(lists / "regimes.csv"):
        kinds = [word for word in row["regime_type"].replace("indirect ", "").split("-") if word in KINDS]
        mixed = len(kinds) > 1 or row["regime_type"].startswith("indirect")
        if row["source"] != "gwf":
            continue
        way = row["fail_type"].split(".")[0]
        goes_on = way == "0"
        told = [f"coded {row['regime_type']}"] if mixed else []
        told += [] if goes_on else [WAYS[way]]
        out += [
            member(
                KINDS[kind], row["regime"], row["code"], (row["start"], GWF_LAST if goes_on else row["end"]),
                goes_on="yes" if goes_on else "", outcome="" if goes_on else "yes" if way in {"4", "6"} else "no",
                status="disputed" if mixed else "core", because="; ".join(told), source="geddes-wright-frantz-2014",
            )
            for kind in kinds
        ]  # fmt: skip
    return out


def democracies(lists: Path) -> list[Row]:
    coded: dict[str, dict[int, str]] = defaultdict(dict)
    for row in read(lists / "measures" / "democracy_bmr.csv"):
        coded[row["code"]][int(row["year"])] = row["value"]
    names = {row["code"]: row["unit"] for row in read(lists / "measures" / "democracy_bmr.csv")}
    votes = {(row["code"], int(row["year"])): float(row["value"])
             for row in read(lists / "measures" / "women_suffrage_lied.csv")}  # fmt: skip
    out = []
    for code, years in sorted(coded.items()):
        for first, last in runs([year for year, value in sorted(years.items()) if float(value) == 1]):
            vote = votes.get((code, first))
            core = vote is not None and vote >= 1
            why = (
                ""
                if core
                else "whether women could vote is not known"
                if vote is None
                else "women could not vote at first"
            )
            out.append(
                member(
                    "democracies", f"{names[code]} {first}-{'' if last == BMR_LAST else last}", code,
                    (f"{first}-01-01", f"{last}-12-31"), goes_on="yes" if last == BMR_LAST else "",
                    status="core" if core else "disputed", because=why, source="boix-2022;skaaning-2015",
                )
            )  # fmt: skip
    return out


def runs(years: list[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for year in years:
        if found and year == found[-1][1] + 1:
            found[-1] = (found[-1][0], year)
        else:
            found.append((year, year))
    return found


def wars(lists: Path) -> list[Row]:
    by_war: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in read(lists / "events" / "wars_intrastate_participants.csv"):
        if row["war_type"] == "4":
            by_war[row["war_num"], row["war"]].append(row)
    out = []
    for (_, name), rows in by_war.items():
        ends = {row["outcome"] for row in rows} - {"-8"}
        state = next((row for row in rows if row["code_a"] and row["side_b"] != "-8"), None)
        if state is None or len(ends) != 1:
            continue
        end = ends.pop()
        last = max(COW_LAST if r["end"] == "-9" else r["end"] for r in rows)
        undecided = end in {"4", "5"}
        why = {"4": "it became another war", "5": "it was going on when the list was made"}.get(end, "")
        why = f"it ended in {UNSETTLED[end]}" if end in UNSETTLED else why
        other = " ".join(state["side_b"].split())
        out.append(
            member(
                "wars-for-the-state", name, state["code_a"], (min(r["start"] for r in rows), last),
                goes_on="yes" if undecided else "", outcome="" if undecided else "yes" if end == "2" else "no",
                status="disputed" if end in UNSETTLED else "core",
                because="; ".join(filter(None, [f"against the government: {other}", why])), source="cow-2010",
            )
        )  # fmt: skip
    return out


def coups(lists: Path) -> list[Row]:
    other: dict[str, list[tuple[date, bool]]] = defaultdict(list)
    for row in read(lists / "events" / "coups_cline.csv"):
        if (row["realized"], row["attempt"]) != ("0", "0") and (when := day(row)):
            other[row["code"]].append((when, row["realized"] == "1"))
    out = []
    for row in read(lists / "events" / "coups_powell_thyne.csv"):
        when = day(row)
        if when is None:
            continue
        won = row["outcome"] == "successful"
        near = [realized for there, realized in other[row["code"]] if abs((there - when).days) <= NEAR]
        why = "" if won in near else (
            "the Cline Center's list gives the other outcome" if near else "not on the Cline Center's list within 30 days"
        )  # fmt: skip
        stamp = when.isoformat()
        out.append(
            member(
                "coup-attempts", f"{row['country']}, {stamp}", row["code"], (stamp, stamp),
                outcome="yes" if won else "no", status="disputed" if why else "core", because=why,
                source="powell-thyne-2010;cline-2.1.2",
            )
        )  # fmt: skip
    return out


def day(row: Row) -> date | None:
    try:
        return date(int(row["year"]), max(1, int(row["month"])), max(1, int(row["day"])))
    except ValueError:
        return None


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("lists", type=Path)
    parser.add_argument("--reference", type=Path, default=HOME)
    given = parser.parse_args()
    units = {row["id"] for row in read(given.reference / "units.csv")}
    rows = [*regimes(given.lists), *democracies(given.lists), *wars(given.lists), *coups(given.lists)]
    kept = sorted((row for row in rows if row["unit"] in units), key=lambda r: (r["class"], r["start"], r["name"]))
    with (given.reference / "class_members.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)
    for class_ in sorted({row["class"] for row in kept}):
        own = [row for row in kept if row["class"] == class_]
        disputed = sum(row["status"] == "disputed" for row in own)
        print(
            f"{class_}: {len(own)}, of which {disputed} disputed, {sum(r['outcome'] == 'yes' for r in own)} with the outcome"
        )


if __name__ == "__main__":
    main()
