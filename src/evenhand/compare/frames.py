"""Data frames in, data frames out: pandas, Polars, PyArrow, DuckDB and whatever else narwhals reads; long or wide."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from evenhand.compare.panel import Bools, Floats, Groups, Ints, Panel, groups_of, panel_of
from evenhand.model import BadInputError, Problem, closest_words

Cells = NDArray[Any]
Columns = Mapping[str, Cells]
Scale = Literal["ratio", "interval", "count", "share"]
MOST_PROBLEMS = 20


@dataclass(frozen=True, slots=True, eq=False)
class Framed:
    """What a data frame held: its figures, and what is known of its units.

    panel: periods ascending, units in order of id. groups: exposed where the column ``treated`` said so, regions where
    there was a column of them.
    """

    panel: Panel
    groups: Groups


@dataclass(frozen=True, slots=True)
class Names:
    """What the columns of a long frame are called. treated, region, low, high: None where there is none."""

    unit: str
    time: str
    value: str
    treated: str | None = None
    region: str | None = None
    low: str | None = None
    high: str | None = None

    @property
    def figures(self) -> dict[str, str]:
        """The columns of figures, by what they are."""
        found = {"value": self.value, "low": self.low, "high": self.high}
        return {what: name for what, name in found.items() if name is not None}


def read_frame(
    frame: Any,
    unit: str | None = None,
    time: str | None = None,
    value: str | None = None,
    *,
    treated: str | None = None,
    region: str | None = None,
    bounds: tuple[str, str] | None = None,
    scale: Scale = "ratio",
) -> Framed:
    """Which panel does a data frame hold?

    Long, one row for each unit and period: ``unit``, ``time`` and ``value`` name its columns; ``treated`` one of 0 and
    1 (who is exposed, and when), ``region`` one of labels, ``bounds`` those of the low and the high figure. Wide, with a
    column for each unit: ``time`` alone; with a column for each period: ``unit`` alone. Periods are whole numbers, or
    dates of which no unit has two in a year. A missing row and an empty cell are alike: no figure there.

    Raises ``BadInputError``, all problems at once: columns that are not there, rows that are there twice, figures that
    are no numbers or not finite.

    >>> read_frame({"year": [2000, 2001], "Ash": [1, 2], "Elm": [3, None]}, time="year").panel.units
    ('Ash', 'Elm')
    """
    columns = columns_of(frame, (unit, time))
    if value is not None:
        if unit is None or time is None:
            raise BadInputError("a long frame wants unit, time and value", hint="or leave out value for a wide one")
        low, high = bounds or (None, None)
        names = Names(unit, time, value, treated, region, low, high)
        return _long(columns, names, scale)
    if (unit is None) == (time is None) or treated or region or bounds:
        raise BadInputError(
            "which columns hold what?",
            hint="long: unit=, time= and value=, and treated=, region=, bounds= where there are such; "
            "wide with a column for each unit: time= alone; with a column for each period: unit= alone",
        )
    return _long(_melted(columns, unit, time), Names("unit", "time", "value"), scale)


def columns_of(frame: Any, wanted: Sequence[str | None] = ()) -> Columns:
    """The columns of a data frame as plain arrays. wanted: columns that may stand in a pandas index.

    Raises ``BadInputError`` where it is no data frame.
    """
    if isinstance(frame, Mapping):
        columns = {str(name): _array(cells) for name, cells in frame.items()}
        if len({len(cells) for cells in columns.values()}) > 1:
            lengths = ", ".join(f"{name} {len(cells)}" for name, cells in columns.items())
            raise BadInputError("the columns differ in length", hint=lengths)
        return columns
    import narwhals as nw  # noqa: PLC0415 - costs a tenth of a second that --help does not have

    index = getattr(getattr(frame, "index", None), "names", None)
    if index is not None and any(name is not None and name in index for name in wanted):
        frame = frame.reset_index()
    try:
        read: Any = nw.from_native(frame)
        table = read.collect() if isinstance(read, nw.LazyFrame) else read
    except TypeError as error:
        raise BadInputError(
            f"a {type(frame).__name__} is no data frame", hint="pandas, Polars, PyArrow, DuckDB or a dict of columns"
        ) from error
    except nw.exceptions.DuplicateError as error:
        raise BadInputError("two columns of the frame have the same name", hint=str(error)) from error
    except ModuleNotFoundError as error:
        raise BadInputError(f"reading this frame needs {error.name}", hint=f"pip install {error.name}") from error
    return {str(name): column.to_numpy() for name, column in zip(table.columns, table.iter_columns(), strict=True)}


def _array(cells: Any) -> Cells:
    """A column of plain cells. Only numbers get a type: text and None would be turned into one another."""
    if isinstance(cells, np.ndarray):
        return cells
    made = np.empty(len(cells), dtype=object)
    made[:] = list(cells)
    return made


def to_frame(columns: Mapping[str, Sequence[Any]], backend: str | None = None) -> Any:
    """A table of results as a data frame.

    backend: ``pandas``, ``polars`` or ``pyarrow``; None for the first of them that is installed. Raises
    ``BadInputError`` where it is not.
    """
    import narwhals as nw  # noqa: PLC0415

    allowed = ("pandas", "polars", "pyarrow")
    if backend is not None and backend not in allowed:
        near = closest_words(backend, allowed)
        raise BadInputError(
            f"there is no backend {backend!r}", hint=f"did you mean {near[0]}?" if near else str(allowed)
        )
    names: list[Any] = [backend] if backend is not None else list(allowed)
    for name in names:
        try:
            return nw.from_dict({key: list(cells) for key, cells in columns.items()}, backend=name).to_native()
        except ModuleNotFoundError:
            continue
    wanted = backend or "pandas, polars or pyarrow"
    raise BadInputError(f"a data frame needs {wanted}", hint=f"pip install {(backend or 'pandas')}")


def _long(columns: Columns, names: Names, scale: Scale) -> Framed:
    _have(columns, names)
    if not len(columns[names.unit]):
        raise BadInputError("the data frame has no rows")
    problems: list[Problem] = []
    units = _units(columns[names.unit], names.unit, problems)
    times = _times(columns[names.time], names.time, problems)
    figures = {what: _figures(columns[name], name, problems) for what, name in names.figures.items()}
    _refuse(problems)
    at = _Places.of(units, times)
    _refuse(_twice(at, columns[names.value]))
    return _framed(columns, names, at, figures, scale)


@dataclass(frozen=True, slots=True, eq=False)
class _Places:
    """Where each row's figure stands in the panel: rows, cols [R], among periods and ids."""

    periods: Ints
    ids: tuple[str, ...]
    rows: Ints
    cols: Ints

    @classmethod
    def of(cls, units: list[str], times: Ints) -> "_Places":
        periods, rows = np.unique(times, return_inverse=True)
        ids = sorted(set(units))
        place = {unit: i for i, unit in enumerate(ids)}
        cols = np.array(list(map(place.__getitem__, units)), dtype=np.int64)
        return cls(periods, tuple(ids), rows, cols)

    def table(self, cells: Floats) -> Floats:
        """[T, N]."""
        table = np.full((len(self.periods), len(self.ids)), np.nan)
        table[self.rows, self.cols] = cells
        return table


def _framed(columns: Columns, names: Names, at: _Places, figures: dict[str, Floats], scale: Scale) -> Framed:
    tables = {what: at.table(cells) for what, cells in figures.items()}
    panel = panel_of(
        tables["value"], at.periods.tolist(), at.ids, low=tables.get("low"), high=tables.get("high"), scale=scale
    )
    region = None if names.region is None else _regions(columns[names.region], at)
    groups = groups_of(panel, region=region)
    if names.treated is not None:
        exposed = _exposed(columns[names.treated], names.treated)
        groups.exposed[at.rows[exposed], at.cols[exposed]] = True
    return Framed(panel, groups)


def _melted(columns: Columns, unit: str | None, time: str | None) -> Columns:
    """A wide frame as a long one."""
    key = unit if time is None else time
    assert key is not None
    if key not in columns:
        raise _no_column(key, columns)
    others = [name for name in columns if name != key]
    many = len(columns[key])
    heads, keys = np.repeat(np.array(others, dtype=object), many), np.tile(columns[key], len(others))
    cells = np.concatenate([columns[name].astype(object) for name in others]) if others else np.empty(0, dtype=object)
    return (
        {"unit": heads, "time": keys, "value": cells} if unit is None else {"unit": keys, "time": heads, "value": cells}
    )


def _have(columns: Columns, names: Names) -> None:
    wanted = [names.unit, names.time, names.value, names.treated, names.region, names.low, names.high]
    for name in wanted:
        if name is not None and name not in columns:
            raise _no_column(name, columns)
    twice = [name for name, count in Counter(name for name in wanted if name is not None).items() if count > 1]
    if twice:
        raise BadInputError(f"the column {twice[0]!r} is named for two things")


def _no_column(name: str, columns: Columns) -> BadInputError:
    near = closest_words(name, columns)
    return BadInputError(
        f"there is no column {name!r}", hint=f"did you mean {near[0]}?" if near else f"there are {', '.join(columns)}"
    )


def _empty(cell: Any) -> bool:
    if cell is None or (isinstance(cell, str) and not cell):
        return True
    try:
        return bool(cell != cell)  # noqa: PLR0124 - NaN and NaT differ from themselves, of whatever type they are
    except TypeError:  # and pandas' NA is neither equal nor different
        return True


def _units(cells: Cells, name: str, problems: list[Problem]) -> list[str]:
    """The units' ids, as text; what is missing is noted."""
    found: list[Any] = cells.tolist()
    if set(map(type, found)) == {str} and "" not in found:
        return found
    problems += [Problem(f"row {i + 1}", f"no {name}") for i, cell in enumerate(found) if _empty(cell)]
    return [str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell) for cell in found]


def _figures(cells: Cells, name: str, problems: list[Problem]) -> Floats:
    """Figures as floats, NaN where there is none; what cannot be read is noted."""
    if cells.dtype.kind in "fiub":
        figures = cells.astype(np.float64)
    else:
        figures = np.full(len(cells), np.nan)
        for i, cell in enumerate(cells.tolist()):
            if not _empty(cell):
                try:
                    figures[i] = float(cell)
                except (TypeError, ValueError):
                    message = f"{cell!r} is no number"
                    problems.append(Problem(f"row {i + 1}, {name}", message, "leave unknown cells empty"))
    at = np.flatnonzero(np.isinf(figures)).tolist()
    problems += [Problem(f"row {i + 1}, {name}", "the figure is infinite", "leave unknown cells empty") for i in at]
    return figures


def _times(cells: Cells, name: str, problems: list[Problem]) -> Ints:
    """Whole numbers; dates as their years; what is neither is noted."""
    if cells.dtype.kind in "iu":
        return cells.astype(np.int64)
    if cells.dtype.kind == "M" and not np.isnat(cells).any():
        years: Ints = cells.astype("datetime64[Y]").astype(np.int64) + 1970
        return years
    found = [None if _empty(cell) else _time(cell) for cell in cells.tolist()]
    for i, time in enumerate(found):
        if time is None and _empty(cells[i]):
            problems.append(Problem(f"row {i + 1}", f"no {name}"))
        elif time is None:
            message = f"{cells[i]!r} is no whole number and no date"
            problems.append(Problem(f"row {i + 1}, {name}", message, "number the periods 1, 2, 3, …"))
    return np.array([time or 0 for time in found], dtype=np.int64)


def _time(cell: Any) -> int | None:
    if isinstance(cell, dt.date):
        return cell.year
    try:
        number = float(cell)
    except (TypeError, ValueError):
        return None
    return int(number) if number.is_integer() else None


def _twice(at: _Places, cells: Cells) -> list[Problem]:
    """Rows of the same unit and period."""
    place = at.rows * len(at.ids) + at.cols
    if np.bincount(place).max() < 2:
        return []
    first: dict[int, int] = {}
    problems = []
    for i, cell in enumerate(place.tolist()):
        earlier = first.setdefault(cell, i)
        if earlier != i:
            unit, period = at.ids[at.cols[i]], at.periods[at.rows[i]]
            both = f"{cells[earlier]} in row {earlier + 1} and {cells[i]} here"
            hint = "keep one; where periods are finer than years, number them 1, 2, 3, …"
            problems.append(Problem(f"row {i + 1}", f"{unit} has a second figure for {period}: {both}", hint))
    return problems


def _refuse(problems: list[Problem]) -> None:
    if len(problems) > MOST_PROBLEMS:
        problems = [*problems[:MOST_PROBLEMS], Problem("", f"and {len(problems) - MOST_PROBLEMS} more of the kind")]
    if problems:
        raise BadInputError.of(problems)


def _regions(cells: Cells, at: _Places) -> list[str]:
    """[N] one label for each unit."""
    found: dict[int, str] = {}
    for cell, col in zip(cells.tolist(), at.cols.tolist(), strict=True):
        label = "" if _empty(cell) else str(cell)
        if found.setdefault(col, label) != label:
            message = f"{at.ids[col]} lies in two regions, {found[col] or 'none'} and {label or 'none'}"
            raise BadInputError(message, hint="give each unit one")
    return [found[col] for col in range(len(at.ids))]


def _exposed(cells: Cells, name: str) -> Bools:
    if cells.dtype.kind in "biu" and np.isin(cells, (0, 1)).all():
        return cells.astype(bool)
    known = {"0": False, "1": True, "0.0": False, "1.0": True, "false": False, "true": True}
    problems, found = [], []
    for i, cell in enumerate(cells.tolist()):
        said = False if _empty(cell) else known.get(str(cell).casefold())
        if said is None:
            problems.append(Problem(f"row {i + 1}, {name}", f"{cell!r} is neither 0 nor 1"))
        found.append(bool(said))
    _refuse(problems)
    return np.array(found, dtype=bool)
