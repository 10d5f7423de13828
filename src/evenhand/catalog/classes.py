"""Classes that claims about "how often" and "how long" are counted in: every member with its dates and how it came out."""

from dataclasses import dataclass, replace

from evenhand.catalog.entries import Status


@dataclass(frozen=True, slots=True)
class CountedClass:
    """A class, and what is known of it. succeeded: what an outcome of yes means; empty where nobody says how they came out.

    opens, closes: the first and last year of the list; of members that began before, it has only those that lasted.
    source: ids, a ``;`` list.
    """

    id: str
    name: str
    one: str = ""
    succeeded: str = ""
    opens: int | None = None
    closes: int | None = None
    definition: str = ""
    mind: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class ClassMember:
    """One member. start, end: ISO dates as exact as known; end is the last that is known of one that ``goes_on``.

    outcome: yes, no, or empty where it is undecided or nobody says.
    """

    klass: str
    name: str
    unit: str
    start: str
    end: str = ""
    goes_on: bool = False
    outcome: str = ""
    status: Status = "core"
    because: str = ""
    source: str = ""


def class_member(row: dict[str, str]) -> ClassMember:
    """A row of ``class_members.csv``."""
    made = {name: value for name, value in row.items() if name not in {"class", "goes_on"}}
    return replace(ClassMember(klass=row["class"], **made), goes_on=row["goes_on"] == "yes")  # type: ignore[arg-type]
