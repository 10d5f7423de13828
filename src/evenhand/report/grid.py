"""The matrix of units by measures as it is drawn: side by side, without the columns that say nothing."""

from dataclasses import dataclass

from evenhand.audit.result import Audit, Cell, Matrix


@dataclass(frozen=True, slots=True)
class Grid:
    """measures: (name, domain) of the columns drawn. sides: (side's name, rows of (unit's name, cells)).

    empty: measures for which nobody here has figures, by name.
    """

    years: tuple[int, int]
    measures: tuple[tuple[str, str], ...]
    sides: tuple[tuple[str, tuple[tuple[str, tuple[Cell, ...]], ...]], ...]
    empty: tuple[str, ...]


def grid(audit: Audit) -> Grid | None:
    """None where the casefile names no sides."""
    matrix = audit.matrix
    if matrix is None:
        return None
    drawn = [j for j in range(len(matrix.measures)) if any(row[j].state != "none" for row in matrix.cells)]
    names = {side.side: side.name for side in audit.sides}
    rows: dict[str, list[tuple[str, tuple[Cell, ...]]]] = {}
    for (_, name, side), cells in zip(matrix.units, matrix.cells, strict=True):
        rows.setdefault(side, []).append((name, tuple(cells[j] for j in drawn)))
    return Grid(
        matrix.years,
        tuple((matrix.measures[j][1], matrix.measures[j][2]) for j in drawn),
        tuple((names.get(side, side), tuple(units)) for side, units in rows.items()),
        _empty(matrix, drawn),
    )


def _empty(matrix: Matrix, drawn: list[int]) -> tuple[str, ...]:
    return tuple(name for j, (_, name, _) in enumerate(matrix.measures) if j not in drawn)
