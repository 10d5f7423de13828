"""Files from the network, from a real server that truncates, stalls, sends elsewhere, sends the wrong thing and fails."""

import importlib.util
import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from evenhand.catalog import Catalog
from evenhand.catalog.fetching import Cache, Fetching, Listed, listed_sources
from evenhand.catalog.fetching.download import NotFetchedError, Waits
from evenhand.catalog.imported import Shelf
from evenhand.model import BadInputError

_spec = importlib.util.spec_from_file_location("importing_server", Path(__file__).with_name("server.py"))
assert _spec is not None
assert _spec.loader is not None
s = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(s)

WAITS = Waits(connect=2, read=0.3, pause=0.01, tries=4)
TABLE = b"unit,year,value\n" + b"".join(b"Isle,%d,%d\n" % (1900 + i, i) for i in range(90))


def quiet(_what: str, _done: int, _total: int) -> None:
    pass


@pytest.fixture
def site():
    with s.serving() as served:
        served.pages["/table.csv"] = (TABLE, "text/csv")
        yield served


@pytest.fixture
def fetch(bring):
    """Imports from an address, without patience."""
    return lambda word, **how: bring(word, fetching=Fetching(waits=WAITS, **how))


def test_a_table_is_fetched_once_and_then_used_without_the_network(site, fetch):
    report = fetch(f"{site.address}/table.csv")
    assert (report.id, report.total("kept")) == ("table", 90)
    assert fetch(f"{site.address}/table.csv").replaced
    assert fetch(f"{site.address}/table.csv", offline=True).total("kept") == 90
    assert len(site.asked) == 1
    (manifest,) = Shelf().manifests()
    assert manifest.address == f"{site.address}/table.csv"
    assert len(manifest.files["table.csv"]) == 64


@pytest.mark.parametrize(
    ("ways", "requests"),
    [
        ([lambda: s.truncates(200)], 2),
        ([lambda: s.truncates(200), lambda: s.truncates(300), lambda: s.truncates(0)], 4),
        ([lambda: s.stalls(1.0, after=150)], 2),
        ([lambda: s.fails(500), lambda: s.fails(503, Retry_After="0")], 3),
        ([lambda: s.hangs_up], 2),
        ([lambda: s.sends_on("/elsewhere.csv")], 2),
    ],
    ids=["truncated", "truncated again and again", "stalled", "failed", "hung up", "sent on"],
)
def test_what_goes_wrong_for_a_while_is_overcome(site, fetch, ways, requests):
    site.pages["/elsewhere.csv"] = (TABLE, "text/csv")
    site.ways["/table.csv"] = [way() for way in ways]
    assert fetch(f"{site.address}/table.csv").total("kept") == 90
    assert len(site.asked) == requests
    assert Catalog.open().figures("table").value.sum() == sum(range(90))


def test_a_broken_off_download_goes_on_where_it_stopped(site, fetch):
    site.ways["/table.csv"] = [s.truncates(200)]
    fetch(f"{site.address}/table.csv")
    assert site.asked[1][1]["Range"] == "bytes=200-"


def test_a_part_of_another_version_is_not_gone_on_with(site, home):
    cache = Cache(home, quiet, waits=Waits(0.5, 0.3, 0.01, 1))
    site.ways["/table.csv"] = [s.truncates(200)]
    with pytest.raises(NotFetchedError):
        cache.get(f"{site.address}/table.csv")
    site.pages["/table.csv"] = (TABLE + b"Isle,2001,7\n", "text/csv")
    assert cache.get(f"{site.address}/table.csv").path.read_bytes() == TABLE + b"Isle,2001,7\n"


@pytest.mark.parametrize(
    ("way", "told"),
    [
        (lambda: s.fails(500), "the server answers 500 (4 tries)"),
        (lambda: s.fails(404), "the server answers 404"),
        (lambda: s.stalls(0.8), "the server stopped answering (4 tries)"),
        (lambda: s.truncates(0), "the line broke off (4 tries)"),
        (lambda: s.sends_on("/table.csv"), "sent on more than 5 times"),
        (lambda: s.sends_on("file:///etc/passwd"), "not safe to follow"),
    ],
    ids=["500", "404", "stall", "truncated", "circle", "to a file"],
)
def test_what_stays_wrong_is_told_with_the_address_to_fetch_by_hand(site, fetch, way, told):
    site.ways["/table.csv"] = [way() for _ in range(20)]
    with pytest.raises(NotFetchedError) as caught:
        fetch(f"{site.address}/table.csv")
    assert told in str(caught.value)
    assert f"fetch it by hand and import the file: {site.address}/table.csv" in str(caught.value)
    assert Shelf().manifests() == ()


def test_nobody_there(fetch):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NotFetchedError, match=rf"no connection .*fetch it by hand .*127.0.0.1:{port}/x.csv"):
        fetch(f"http://127.0.0.1:{port}/x.csv")


@pytest.mark.parametrize("kind", ["text/html", "text/csv"])
def test_a_web_page_in_place_of_a_table_is_refused(site, fetch, kind):
    site.pages["/table.csv"] = (b"<html><title>Please log in</title></html>", kind)
    with pytest.raises(BadInputError, match=r"answers with a web page .*save: http://127"):
        fetch(f"{site.address}/table.csv")
    assert Shelf().manifests() == ()


def test_offline_without_a_cached_file_names_the_address(site, fetch):
    with pytest.raises(NotFetchedError, match=f"not in the cache.*{site.address}/table.csv"):
        fetch(f"{site.address}/table.csv", offline=True)
    assert site.asked == []


def test_a_cached_file_that_was_changed_is_fetched_anew(site, home, fetch):
    fetch(f"{site.address}/table.csv")
    (content,) = (home / "downloads").glob("*/content")
    content.write_bytes(TABLE.replace(b"1900", b"1800"))
    assert fetch(f"{site.address}/table.csv").total("kept") == 90
    assert len(site.asked) == 2
    assert Catalog.open().figures("table").year.min() == 1900


def test_refresh_asks_whether_there_is_something_new(site, fetch):
    fetch(f"{site.address}/table.csv")
    fetch(f"{site.address}/table.csv", refresh=True)
    assert site.asked[1][1]["If-None-Match"] == f'"{len(TABLE)}"'
    site.pages["/table.csv"] = (TABLE + b"Isle,2001,7\n", "text/csv")
    assert fetch(f"{site.address}/table.csv", refresh=True).total("kept") == 91


def test_a_refresh_that_fails_uses_what_is_there_and_says_so(site, fetch):
    fetch(f"{site.address}/table.csv")
    site.ways["/table.csv"] = [s.fails(500)] * 9
    report = fetch(f"{site.address}/table.csv", refresh=True)
    assert report.total("kept") == 90
    assert "what was fetched on" in report.notes[0]


GET = """
import sys; from pathlib import Path
from evenhand.catalog.fetching import Cache
Cache(Path(sys.argv[1]), lambda *_: None).get(sys.argv[2])
"""


def test_downloads_go_one_at_a_time_over_all_processes(site, home):
    def slowly(handler, content):
        s.time.sleep(0.2)
        handler.answer(content, "text/csv")

    for i in range(3):
        site.pages[f"/{i}.csv"] = (TABLE, "text/csv")
        site.ways[f"/{i}.csv"] = [slowly]
    workers = [subprocess.Popen([sys.executable, "-c", GET, str(home), f"{site.address}/{i}.csv"]) for i in range(3)]
    assert [worker.wait(60) for worker in workers] == [0] * 3
    assert (len(site.asked), site.most_at_once) == (3, 1)


# What publishers answer


def page(number: int, pages: int, records: list[dict]) -> tuple[bytes, str]:
    head = {"page": number, "pages": pages, "per_page": 2, "total": 3, "lastupdated": "2026-01-28"}
    return json.dumps([head, records]).encode(), "application/json"


def figure(name: str, code: str, year: int, value: float | None) -> dict:
    return {
        "indicator": {"id": "SP.X", "value": "Visits (people)"}, "country": {"id": code[:2], "value": name},
        "countryiso3code": code, "date": str(year), "value": value, "unit": "", "obs_status": "", "decimal": 0,
    }  # fmt: skip


@pytest.fixture
def bank(site):
    query = "/v2/country/all/indicator/SP.X?format=json&per_page=20000&page="
    site.pages[f"{query}1"] = page(1, 2, [figure("Isle", "ISL", 1950, 1.5), figure("Isle", "ISL", 1951, None)])
    site.pages[f"{query}2"] = page(2, 2, [figure("World", "WLD", 1950, 9)])
    about = {
        "id": "SP.X",
        "name": "Visits",
        "source": {"value": "WDI"},
        "sourceNote": "People who came",
        "sourceOrganization": "Z",
    }
    site.pages["/v2/indicator/SP.X?format=json"] = page(1, 1, [about])
    return f"{site.address}/v2/country/all/indicator/SP.X"


def test_all_pages_of_the_world_bank(bank, site, fetch):
    report = fetch(bank)
    assert (report.id, report.total("cells"), report.total("kept"), report.total("empty")) == (
        "worldbank-sp-x",
        3,
        1,
        1,
    )
    assert [(one.name, one.because) for one in report.refusals()] == [("World", "no unit of that name")]
    catalog = Catalog.open()
    assert catalog.measure("wb-sp-x").definition == "People who came"
    assert catalog.panel("wb-sp-x", units=["Isle"], years=(1950, 1950)).values.tolist() == [[1.5]]
    assert "updated 2026-01-28" in catalog.source("worldbank-sp-x").citation


def test_a_page_that_cannot_be_had_imports_nothing(bank, site, fetch):
    del site.pages["/v2/country/all/indicator/SP.X?format=json&per_page=20000&page=2"]
    with pytest.raises(NotFetchedError, match="404"):
        fetch(bank)
    assert Shelf().manifests() == ()


def test_the_world_banks_own_refusal_is_told(site, fetch):
    told = [{"message": [{"id": "120", "key": "Invalid value", "value": "The provided parameter value is not valid"}]}]
    site.pages["/v2/country/all/indicator/NO"] = (json.dumps(told).encode(), "application/json")
    with pytest.raises(BadInputError, match="The provided parameter value is not valid"):
        fetch(f"{site.address}/v2/country/all/indicator/NO")


def test_a_chart_of_our_world_in_data(site, fetch):
    site.pages["/grapher/visits.csv"] = (b"Entity,Code,Year,visits\nIsle,ISL,1950,7\nColonia,,1950,\n", "text/csv")
    about = {
        "chart": {"title": "Visits", "citation": "Z"}, "dateDownloaded": "2026-02-03",
        "columns": {"Visits to isles": {"titleShort": "Visits", "unit": "people", "shortName": "visits", "citationLong": "Z (2001)"}},
    }  # fmt: skip
    site.pages["/grapher/visits.metadata.json"] = (json.dumps(about).encode(), "application/json")
    listed = (Listed("owid:visits", "Visits", "CC BY 4.0", f"{site.address}/grapher/visits"),)
    report = fetch("owid:visits", listed=listed)
    assert (report.id, report.measures, report.total("empty")) == ("owid-visits", ("owid-visits",), 1)
    source = Catalog.open().source("owid-visits")
    assert (source.citation, source.retrieved) == ("Z (2001)", "2026-02-03")
    assert Catalog.open().measure("owid-visits").unit == "people"


def test_the_list_has_title_licence_and_address_and_says_what_to_do_by_hand(fetch):
    for one in listed_sources():
        assert one.title
        assert one.licence
        assert one.address.startswith("https://")
    with pytest.raises(BadInputError, match=r"cannot be fetched by a program: .*v-dem\.net"):
        fetch("v-dem")
