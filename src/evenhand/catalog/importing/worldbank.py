"""The World Bank's indicators API: pages of JSON, one figure each, turned into one table."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evenhand.catalog.entries import Measure, Source
from evenhand.catalog.importing.layout import Bundle, Columns, Measured, Table
from evenhand.catalog.importing.owid import read_json
from evenhand.catalog.own import slug
from evenhand.model import BadInputError

HEADER = ("country", "code", "year", "value", "indicator", "status")
LICENCE = "CC BY 4.0 unless the indicator says otherwise"
SCALES = (("%", "share"),)


def is_page(found: Any) -> bool:
    """Is this what the API answers: a list of paging and figures?"""
    return (
        isinstance(found, list) and len(found) == 2 and isinstance(found[0], dict) and {"page", "pages", "total"} <= set(found[0])
        and isinstance(found[1], list)
    )  # fmt: skip


def refusal(found: Any) -> str:
    """What the API says where it has no figures to give."""
    if isinstance(found, list) and found and isinstance(found[0], dict) and "message" in found[0]:
        return "; ".join(str(one.get("value") or one.get("key")) for one in found[0]["message"])
    return ""


def page_of(path: Path, file: str) -> list[Any]:
    """One page; raises ``BadInputError`` with the API's own words where it is a refusal."""
    return checked_page(read_json(path), file)


def checked_page(found: Any, file: str) -> list[Any]:
    """A page as it was read; raises ``BadInputError`` where it is none."""
    told = refusal(found)
    if told:
        raise BadInputError(
            f"the World Bank has no such figures: {told}", hint="check the indicator's code", where=file
        )
    if not is_page(found):
        raise BadInputError("is not a page of the World Bank's indicators API", hint="ask with format=json", where=file)
    return list(found)


def read_pages(paths: Sequence[Path], about: Path | None, id_: str, *, address: str = "") -> Bundle:
    """The figures of all pages; refused where a page is missing. about: what the API says of the indicator."""
    pages = sorted((page_of(path, path.name) for path in paths), key=lambda page: int(page[0]["page"]))
    first = pages[0][0]
    have, need = [int(page[0]["page"]) for page in pages], int(first["pages"])
    if have != list(range(1, need + 1)):
        missing = sorted(set(range(1, need + 1)) - set(have))
        wrong = f"page {missing[0]} of {need} is missing" if missing else "a page is there twice"
        raise BadInputError(wrong, hint="fetch every page, or ask with a larger per_page", where=paths[0].name)
    records = [_record(one) for page in pages for one in page[1]]
    if len(records) != int(first["total"]):
        raise BadInputError(
            f"{len(records):,} figures of {int(first['total']):,}", hint="fetch it again", where=paths[0].name
        )
    told = _told(about)
    measured = tuple(_measured(code, name, told.get(code, {})) for code, name in _indicators(pages).items())
    updated = str(first.get("lastupdated", ""))
    title = measured[0].measure.name if len(measured) == 1 else f"World Bank, {len(measured)} indicators"
    source = _source(id_, title, told, updated, address)
    columns = Columns(unit="country", code="code", year="year", value="value", measure="indicator")
    table = Table(paths[0], paths[0].name, columns, measured, source.id, scheme="worldbank", records=(HEADER, *records))
    return Bundle(id_, title, "worldbank", address or str(paths[0]), (table,), (source,))


def _record(one: dict[str, Any]) -> tuple[str, ...]:
    value = one.get("value")
    return (
        str(one["country"]["value"]), str(one.get("countryiso3code") or ""), str(one["date"]),
        "" if value is None else repr(value), str(one["indicator"]["id"]), str(one.get("obs_status") or ""),
    )  # fmt: skip


def _indicators(pages: Sequence[list[Any]]) -> dict[str, str]:
    return {str(one["indicator"]["id"]): str(one["indicator"]["value"]) for page in pages for one in page[1]}


def _told(about: Path | None) -> dict[str, dict[str, Any]]:
    if about is None:
        return {}
    found = read_json(about)
    return {str(one["id"]): one for one in found[1]} if is_page(found) else {}


def _measured(code: str, name: str, told: dict[str, Any]) -> Measured:
    return Measured(
        Measure(
            id=f"wb-{slug(code.replace('.', '-'))}", concept=slug(code.replace(".", "-")), domain="other",
            name=f"{name} (World Bank)", definition=str(told.get("sourceNote") or ""), unit=str(told.get("unit") or _unit(name)),
            because="The source does not say which direction is better.", scale="interval",
            caveats="Present-day borders. Observed and modelled figures stand side by side and are not told apart.",
        ),
        word=code,
    )  # fmt: skip


def _unit(name: str) -> str:
    """The words in the last brackets of an indicator's name: "Life expectancy at birth, total (years)"."""
    return name[name.rfind("(") + 1 : -1] if name.endswith(")") else ""


def _source(id_: str, title: str, told: dict[str, dict[str, Any]], updated: str, address: str) -> Source:
    by = "; ".join(dict.fromkeys(str(one.get("sourceOrganization") or "") for one in told.values()))
    base = next((str(one["source"]["value"]) for one in told.values() if one.get("source")), "Indicators API")
    citation = f"World Bank, {base}: {title}, updated {updated}." + (f" {by}" if by else "")
    return Source(id_, citation, "World Bank", "international organisation", LICENCE, address)
