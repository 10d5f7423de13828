"""Tables by state and year as political scientists hand them out: Maddison, Polity, V-Dem, and others of their kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evenhand.catalog.entries import Measure, Source
from evenhand.catalog.importing.layout import MISSING, Bundle, Columns, Dialect, Measured, Table, Territory
from evenhand.catalog.own import slug


@dataclass(frozen=True, slots=True)
class Kind:
    """One house style. needs: columns by which it is known. figures: what its columns measure, column to (name, unit)."""

    name: str
    needs: frozenset[str]
    unit: str
    code: str
    scheme: str
    territory: Territory
    source: Source
    figures: Mapping[str, tuple[str, str]]
    missing: tuple[str, ...] = MISSING
    sheet: str = ""


MADDISON = Kind(
    "maddison", frozenset({"countrycode", "country", "year", "gdppc", "pop"}), "country", "countrycode", "iso3", "today",
    Source("maddison-project", "Maddison Project Database (Bolt and van Zanden); the edition is that of the file", "Groningen "
           "Growth and Development Centre", "scholarly", "CC BY 4.0", "https://www.rug.nl/ggdc/historicaldevelopment/maddison/"),
    {"gdppc": ("GDP per person (Maddison Project Database)", "international dollars of the edition's base year, per person"),
     "pop": ("Population (Maddison Project Database)", "thousands of people")},
    sheet="Full data",
)  # fmt: skip
POLITY = Kind(
    "polity", frozenset({"ccode", "scode", "country", "year", "polity2"}), "country", "", "polity", "as-it-was",
    Source("polity5", "Marshall and Gurr, Polity5: Political Regime Characteristics and Transitions, 1800-2018", "Center for "
           "Systemic Peace", "scholarly", "not stated in the file", "https://www.systemicpeace.org/inscrdata.html"),
    {"polity2": ("Polity2 score", "-10 to 10"), "polity": ("Polity score", "-10 to 10"),
     "democ": ("Institutionalised democracy (Polity)", "0 to 10"), "autoc": ("Institutionalised autocracy (Polity)", "0 to 10"),
     "durable": ("Years since the last change of regime (Polity)", "years")},
    missing=(*MISSING, "-66", "-77", "-88"),
)  # fmt: skip
V_DEM = Kind(
    "v-dem", frozenset({"country_name", "country_text_id", "country_id", "year"}), "country_name", "COWcode", "cow", "as-it-was",
    Source("v-dem", "V-Dem Country-Year dataset (Coppedge and others), Varieties of Democracy project; the edition is that of "
           "the file", "V-Dem Institute", "scholarly", "not stated in the file", "https://www.v-dem.net/data/the-v-dem-dataset/"),
    {},
)  # fmt: skip
KINDS = (MADDISON, POLITY, V_DEM)
BOUNDS = (("_codelow", "_codehigh"),)
NO_FIGURES = (
    "_codelow",
    "_codehigh",
    "_sd",
    "_osp",
    "_ord",
    "_mean",
    "_nr",
    "_68",
    "_95",
    "_codelow_68",
    "_codehigh_95",
)


def kind_of(header: Sequence[str]) -> Kind | None:
    """Whose style is this header?"""
    return next((kind for kind in KINDS if kind.needs <= set(header)), None)


def read_country_year(path: Path, header: Sequence[str], kind: Kind, id_: str, *, file: str = "") -> Bundle:
    """A table of a known style: its columns of figures, with bounds where it gives them."""
    columns = Columns(unit=kind.unit, code=kind.code if kind.code in header else "", year="year")
    named = kind.figures or {name: (name, "index") for name in header if _index(name, header)}
    measured = tuple(_measured(name, *told, kind, header) for name, told in named.items() if name in header)
    table = Table(
        path, file or path.name, columns, measured, kind.source.id, Dialect(missing=kind.missing, sheet=kind.sheet),
        scheme=kind.scheme, territory=kind.territory,
    )  # fmt: skip
    skipped = [name for name in header if name not in {kind.unit, kind.code, "year", *(m.column for m in measured),
                                                       *(m.low for m in measured), *(m.high for m in measured)}]  # fmt: skip
    notes = (f"{table.file}: {len(skipped)} columns are not read: {', '.join(skipped[:12])}"
             + (", …" if len(skipped) > 12 else "") + "; a mapping file (--guess) takes others",) if skipped else ()  # fmt: skip
    return Bundle(
        id_, f"{kind.source.publisher}: {path.name}", kind.name, str(path), (table,), (kind.source,), notes=notes
    )


def _index(name: str, header: Sequence[str]) -> bool:
    """V-Dem's indices, and whatever comes with bounds of its own."""
    if name.endswith(NO_FIGURES):
        return False
    return name.startswith(("v2x_", "v2xel_", "v2xcl_", "v2xeg_")) or f"{name}_codelow" in header


def _measured(column: str, name: str, unit: str, kind: Kind, header: Sequence[str]) -> Measured:
    low, high = (f"{column}{end}" if f"{column}{end}" in header else "" for end in BOUNDS[0])
    ident = f"{kind.name}-{slug(column)}"
    measure = Measure(
        id=ident, concept=ident, domain="other", name=name if kind.figures else f"{name} (V-Dem)", unit=unit,
        because="The source does not say which direction is better.", scale="interval",
        caveats="States as they existed in each year." if kind.territory == "as-it-was" else "Borders as the source draws them.",
    )  # fmt: skip
    return Measured(measure, column=column, low=low, high=high, word=column)
