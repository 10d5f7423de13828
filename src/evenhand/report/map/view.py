"""What the map shows of an argument: its claims with their words, laid out, and what still follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evenhand.argue import Graph, Label, labels
from evenhand.report.map.lettering import broken
from evenhand.report.map.order import Layered, layered, order
from evenhand.report.map.place import Size, Spot, apart, place
from evenhand.report.map.plan import MOST_DRAWN, Plan, plan, top

BOX, PAD, LINE, TEXT, SMALL = 216.0, 12.0, 17.0, 13.0, 11.0
HEAD, JOINT, BAR, MOST_LINES = 20.0, 22.0, 130.0, 5
GAP, DROP = 22.0, 26.0
APART, WIDEST, DISC = 56.0, 2400.0, 10.0
STATES: Mapping[Label, str] = {"stands": "stands", "falls": "falls", "undecided": "open"}


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a claim beside the graph: its number on the page, where its card is, its exact words, its verdict."""

    number: str = ""
    card: str = ""
    quote: str = ""
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A claim as a box. x, y: its middle; lines: its text, broken."""

    id: str
    text: str
    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float
    label: Label
    unstated: bool
    conclusion: bool
    told: Told


@dataclass(frozen=True, slots=True)
class Line:
    """A line through its points, from below to above. end: at a joint (no head), or at what the link bears on (a head)."""

    points: tuple[tuple[float, float], ...]
    kind: str
    link: str
    head: bool
    on_link: bool = False


@dataclass(frozen=True, slots=True)
class Knot:
    """Where a link gathers its sources: a small disc with its sign; joint: its sources only work together."""

    id: str
    link: str
    kind: str
    x: float
    y: float
    joint: bool
    scheme: str
    label: Label


@dataclass(frozen=True, slots=True)
class MapView:
    """A laid-out map. left_out: claims that are not drawn because there are too many; alone: that no link touches."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    knots: tuple[Knot, ...]
    lines: tuple[Line, ...]
    left_out: tuple[str, ...]
    alone: tuple[str, ...]
    crossings: int = 0


def map_view(
    graph: Graph,
    *,
    conclusions: Sequence[str] = (),
    told: Mapping[str, Told] | None = None,
    found: Mapping[str, Label] | None = None,
    most: int = MOST_DRAWN,
) -> MapView:
    """Lays out an argument: conclusions on top, every claim under what it bears on."""
    conclusions = tuple(conclusions) or top(graph)
    found = labels(graph) if found is None else found
    whole = plan(graph, conclusions=conclusions, most=most)
    drawn = set(whole.boxes)
    texts = {
        node.id: broken(node.text or node.id, size=TEXT, room=BOX - 2 * PAD, most=MOST_LINES)
        for node in graph.nodes
        if node.id in drawn
    }
    sizes = {box: Size(BOX, HEAD + LINE * len(texts[box]) + 2 * PAD) for box in whole.boxes}
    sizes |= {joint.id: Size(_joint_width(len(joint.sources)), JOINT) for joint in whole.joints.values()}
    spots, lays, width, height = _spots(whole, sizes)
    known = told or {}
    boxes = tuple(
        Box(
            node.id, node.text or node.id, texts[node.id], spots[node.id].x, spots[node.id].y, BOX, sizes[node.id].height,
            found.get(node.id, "undecided"), node.unstated, node.id in conclusions, known.get(node.id, Told()),
        )
        for node in graph.nodes
        if node.id in spots
    )  # fmt: skip
    lines = tuple(line for lay in lays for line in _lines(whole, lay, spots, sizes))
    knots = tuple(_knot(whole, name, spots, found) for name in whole.joints)
    return MapView(width, height, boxes, knots, lines, whole.left_out, whole.alone)


def _joint_width(sources: int) -> float:
    return JOINT + 8 if sources == 1 else BAR


def _spots(whole: Plan, sizes: dict[str, Size]) -> tuple[dict[str, Spot], list[Layered], float, float]:
    """Every part of the argument that hangs together by itself, then side by side in rows."""
    spots: dict[str, Spot] = {}
    lays: list[Layered] = []
    left = top_ = wide = high = 0.0
    for part in _parts(whole):
        lay = layered({v: whole.below[v] for v in part}, {v: whole.layer[v] for v in part})
        every = sizes | dict.fromkeys(lay.bends, Size(10, JOINT))
        rows = order(lay)
        found = place(lay, rows, every, gap=GAP, drop=DROP)
        across = max(spot.x + every[v].width / 2 for v, spot in found.items())
        down = max(spot.y + every[v].height / 2 for v, spot in found.items())
        if left and left + across > WIDEST:
            left, top_ = 0.0, high + APART
        spots |= {v: Spot(spot.x + left, spot.y + top_) for v, spot in found.items()}
        left += across + APART
        wide, high = max(wide, left - APART), max(high, top_ + down)
        tall = [max(every[v].height for v in row) for row in rows]
        sizes |= {v: Size(10, high_) for row, high_ in zip(rows, tall, strict=True) for v in row if v in lay.bends}
        lays.append(lay)
    return spots, lays, wide, high


def _parts(whole: Plan) -> list[list[str]]:
    """The parts that hang together, the largest first."""
    near: dict[str, list[str]] = {v: [] for v in whole.below}
    for vertex, under in whole.below.items():
        for lower in under:
            near[vertex].append(lower)
            near[lower].append(vertex)
    seen: set[str] = set()
    parts = []
    for start in whole.below:
        if start in seen:
            continue
        part, stack = [], [start]
        seen.add(start)
        while stack:
            vertex = stack.pop()
            part.append(vertex)
            fresh = [n for n in near[vertex] if n not in seen]
            seen.update(fresh)
            stack += fresh
        members = set(part)
        parts.append([v for v in whole.below if v in members])
    return sorted(parts, key=len, reverse=True)


def _lines(whole: Plan, lay: Layered, spots: dict[str, Spot], sizes: dict[str, Size]) -> list[Line]:
    """Every edge of the argument as a line, from its source to its end."""
    courses = [course for key, chain in lay.chains.items() for course in _courses(whole, key, chain, spots, sizes)]
    ports = _ports(courses, spots, sizes)
    return [
        Line((ports[i, True], *course.way, ports[i, False]), course.kind, course.link, course.head, course.on_link)
        for i, course in enumerate(courses)
    ]


@dataclass(frozen=True, slots=True)
class Course:
    """An edge of the argument: from, to, and the corners in between."""

    start: str
    end: str
    way: tuple[tuple[float, float], ...]
    kind: str
    link: str
    head: bool
    on_link: bool


def _courses(
    whole: Plan, key: tuple[str, str], chain: Sequence[str], spots: dict[str, Spot], sizes: dict[str, Size]
) -> list[Course]:
    """What runs along these bends: an edge, one that was turned round, or both."""
    out = []
    for upper, lower in (key, key[::-1]):
        if (upper, lower) != key and (upper, lower) not in whole.turned:
            continue
        into, from_ = whole.joints.get(lower), whole.joints.get(upper)
        link = into if into is not None and into.target == upper else None
        link = link or (from_ if from_ is not None and lower in from_.sources else None)
        if link is not None:
            rising = spots[lower].y >= spots[upper].y
            way = [corner for bend in chain for corner in _corners(spots[bend], sizes[bend])]
            way.sort(key=lambda corner: -corner[1] if rising else corner[1])
            head = link is into
            out.append(
                Course(lower, upper, tuple(way), link.link.kind, link.link.id, head, head and upper in whole.joints)
            )
    return out


def _corners(spot: Spot, size: Size) -> tuple[tuple[float, float], tuple[float, float]]:
    """A long line runs straight through a row."""
    return (spot.x, spot.y - size.height / 2), (spot.x, spot.y + size.height / 2)


def _ports(
    courses: Sequence[Course], spots: dict[str, Spot], sizes: dict[str, Size]
) -> dict[tuple[int, bool], tuple[float, float]]:
    """Where each line leaves (True) and ends (False): as straight as can be, side by side where several meet."""
    ports: dict[tuple[int, bool], tuple[float, float]] = {}
    sides: dict[tuple[str, bool], list[tuple[float, int, bool]]] = {}
    for i, course in enumerate(courses):
        for leaving in (True, False):
            at = course.start if leaving else course.end
            other = (
                course.way[0 if leaving else -1]
                if course.way
                else _middle(spots[course.end if leaving else course.start])
            )
            if not leaving and course.on_link:
                aside = -1 if other[0] <= spots[at].x or sizes[at].width > JOINT + 8 else 1
                ports[i, False] = (spots[at].x + aside * (DISC + 4), spots[at].y)
            elif leaving and "\n" in at:
                ports[i, True] = (spots[at].x, spots[at].y + (DISC if other[1] > spots[at].y else -DISC))
            else:
                sides.setdefault((at, other[1] > spots[at].y), []).append((other[0], i, leaving))
    for (at, below), met in sides.items():
        met.sort()
        y = spots[at].y + (DISC if "\n" in at else sizes[at].height / 2) * (1 if below else -1)
        for (_, i, leaving), x in zip(met, _side_by_side([x for x, _, _ in met], spots[at], sizes[at]), strict=True):
            ports[i, leaving] = (x, y)
    return ports


def _middle(spot: Spot) -> tuple[float, float]:
    return spot.x, spot.y


def _side_by_side(wanted: Sequence[float], spot: Spot, size: Size) -> list[float]:
    half = size.width / 2 - 16 if size.width > JOINT + 8 else 0.0
    low, high = spot.x - half, spot.x + half
    space = min(22.0, 2 * half / max(len(wanted) - 1, 1))
    clamped = [min(max(x, low), high) for x in wanted]
    found = apart(clamped, [1.0] * len(clamped), [space] * (len(clamped) - 1))
    shift = max(low - found[0], 0.0) + min(high - found[-1], 0.0)
    return [min(max(x + shift, low), high) for x in found]


def _knot(whole: Plan, name: str, spots: dict[str, Spot], found: Mapping[str, Label]) -> Knot:
    joint, spot = whole.joints[name], spots[name]
    several = len(joint.sources) > 1
    return Knot(
        name, joint.link.id, joint.link.kind, spot.x, spot.y, several, joint.link.scheme or "",
        found.get(joint.link.id, "undecided"),
    )  # fmt: skip
