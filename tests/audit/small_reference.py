"""A tiny catalogue of nine invented lands with events and a blind spot, and cases that are judged by it."""

import json
from pathlib import Path
from typing import Any

from evenhand.audit import Audit, audit, open_case
from evenhand.catalog import Catalog

Row = dict[str, Any]
YEARS = range(1925, 1966, 5)
# Years of life in 1925, and how many are won every five years; Newland stands still over its hunger.
LANDS = {
    "ISL": ("Isle", "West", 60.0, 1.0), "VAL": ("Vale", "West", 58.0, 0.5), "MOR": ("Moor", "West", 55.0, 0.0),
    "NEW": ("Newland", "East", 50.0, 2.0), "FEN": ("Fen", "East", 48.0, 1.5), "HIL": ("Hills", "East", 47.0, 3.0),
    "COL": ("Colonia", "South", 40.0, 2.5), "BAY": ("Bay", "South", 42.0, -0.5), "CAP": ("Cape", "South", 45.0, 1.25),
}  # fmt: skip
TABLES = {
    "units": "id,name,kind,start,end,predecessors,successors,part_of,codes,other_names,region\n"
    + "".join(f"{id_},{name},state,1900,,{'OLD' if id_ == 'NEW' else ''},,,,,{region}\n"
              for id_, (name, region, _, _) in LANDS.items())
    + "OLD,Old Land,historical-state,1900,1965,,NEW,,,,East\nGAP,Gapland,state,1900,,,,,,,West\n",
    "groups": "id,name,definition,source\neast,The East,Lands of the east,atlas\npair,The Pair,Two of them,atlas\n",
    "memberships": "group,unit,start,end,status,because,source\n"
    "east,NEW,1900,,core,,atlas\neast,FEN,1900,,core,,atlas\neast,HIL,1900,,core,,atlas\neast,CAP,1900,,disputed,in part,atlas\n"
    "pair,ISL,1900,,core,,atlas\npair,VAL,1900,,core,,atlas\n",
    "measures": "id,concept,domain,name,definition,unit,better,because,scale,minimum,maximum,spacing,caveats,tolls\n"
    "years,life,health,Years of life,Years that people live,years,higher,Longer is wanted,ratio,0,120,5,Mind the gaps.,\n"
    "years-old,life,health,Years by an older hand,The same by another hand,years,higher,As above,ratio,0,120,5,,\n"
    "income,income,wealth,Income,Goods per person,coins,higher,More is wanted,ratio,0,,5,,\n"
    "population,population,context,Population,People,people,neither,No side,count,0,,5,,\n",
    "sources": "id,citation,publisher,kind,licence,url,retrieved\n"
    "yearbook,Yearbook (2001),Press,scholarly,CC BY 4.0,https://example.org/y,2024-02-03\natlas,Atlas (1999),Press,scholarly,,,\n",
    "event_sources": "id,citation,publisher,kind,licence,url,retrieved\nchronicle,Chronicle (1980),Press,book,,,\n",
    "events": "id,kind,name,other_names,place,responsible,start,end,counted,low,central,high,author,year,source,evidence,attribution\n"
    "hunger,famine,Great Hunger,,NEW,ISL,1934,1936,famine-deaths,100000,150000,200000,A. Author,1980,chronicle,registers,"
    "Blamed on the blockade by A. Author.\n"
    "hunger,famine,Great Hunger,,NEW,ISL,1934,1936,excess-deaths,,300000,,B. Writer,1990,chronicle,censuses,"
    "Called a genocide by B. Writer; the court of 1950 found no intent.\n"
    "raid,state-killing,Raid of 1955,,COL;BAY,ISL,1955,1955,killed,38,38,38,C. Scribe,1957,chronicle,a list,\n",
    "blind_spots": "measure,units,start,end,event_kind,evidence\nyears,NEW,1934,1936,famine,It reads 54 throughout.\n",
    "observations/years": "unit,year,value,low,high,source,flags\n" + "".join(
        f"{id_},{year},{base + slope * i},,,yearbook,{'modelled' if id_ == 'COL' else ''}\n"
        for id_, (_, _, base, slope) in LANDS.items() for i, year in enumerate(YEARS)
    ) + "OLD,1925,50,,,yearbook,\n",
    "observations/years-old": "unit,year,value,low,high,source,flags\n" + "".join(
        f"{id_},{year},{base - 1 + slope * i},{base - 3 + slope * i},{base + 1 + slope * i},atlas,\n"
        for id_, (_, _, base, slope) in LANDS.items() for i, year in enumerate(YEARS)
    ),
    "observations/income": "unit,year,value,low,high,source,flags\nISL,1950,1000,,,yearbook,\nVAL,1950,900,,,yearbook,\n",
    "observations/population": "unit,year,value,low,high,source,flags\n"
    "NEW,1935,10000000,,,yearbook,\nCOL,1955,19000,,,yearbook,\nBAY,1955,57000,,,yearbook,\n",
}  # fmt: skip
WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def catalogue(folder: Path) -> Catalog:
    """The tables as a catalogue, with nobody's own figures."""
    for name, text in TABLES.items():
        path = folder / "reference" / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Catalog.open(folder=folder / "reference", home=folder / "nobody")


def compares(subject: str = "ISL", against: Any = "all", **changes: Any) -> Row:
    """A comparison of years of life from 1945 to 1960; ``against`` a unit, a list, all, or a mapping."""
    set_against = against
    if isinstance(against, str | list):
        set_against = {"unit": against} if against in [*LANDS, "OLD", "GAP"] else {"peers": against}
    opened = {"subject": {"unit": subject}, "against": set_against, "measure": "years", "form": {"name": "more"},
              "window": {"start": 1945, "end": 1960}, **changes}  # fmt: skip
    return {"kind": "comparison", "open": {key: value for key, value in opened.items() if value is not None}}


def event(id_: str, says: str, **more: Any) -> Row:
    """A claim about an event; ``stated`` goes into the event, all else into the claim."""
    stated = {"stated": more.pop("stated")} if "stated" in more else {}
    return {"kind": "event", "event": {"id": id_, "says": says, **stated}, **more}


def judged(folder: Path, *claims: Row, **changes: Any) -> Audit:
    """The audit of a case with these claims, by the tiny catalogue; the ids are one, two, three and so on."""
    text = " ".join(f"Sentence {word} is here." for word in WORDS)
    (folder / "essay.txt").write_text(text, encoding="utf-8")
    listed = [{"id": word, "quote": f"Sentence {word}", **claim} for word, claim in zip(WORDS, claims, strict=False)]
    content = {"version": 1, "text": {"file": "essay.txt"}, "claims": listed, **changes}
    path = folder / "essay.case.yaml"
    path.write_text(json.dumps(content), encoding="utf-8")
    return audit(*open_case(path, catalog=catalogue(folder)))
