"""What would turn a verdict, in sentences: the same on the page, in the terminal and in a picture."""

from collections.abc import Sequence

from evenhand.model import Outcome
from evenhand.model.finding import OptionShare
from evenhand.model.trail import Changed, Nearest, Turn
from evenhand.model.words import plural

MANY, ENDS = 8, 2
OUTCOMES = {
    Outcome.HOLDS: "comes out as the text says",
    Outcome.FAILS: "comes out otherwise",
    Outcome.TIED: "comes out as a tie",
    Outcome.NOT_JUDGED: "could not be judged",
}


def lead(nearest: Nearest) -> str:
    """How the claim's own way came out, and how far away the nearest is that comes out otherwise."""
    own = f"In the claim's own way of comparing it {OUTCOMES[nearest.own]}."
    if nearest.changes is None:
        what = "could be judged" if nearest.own == Outcome.NOT_JUDGED else "comes out otherwise than that"
        return f"{own} None of the ways that we tried {what}."
    what = "to be judged" if nearest.own == Outcome.NOT_JUDGED else "to turn it"
    ways = "one way is" if nearest.of == 1 else f"{nearest.of:,} ways are"
    shown = "" if len(nearest.turns) == nearest.of else f" The first {len(nearest.turns):,} of them:"
    return f"{own} It takes {plural(nearest.changes, 'other answer')} {what}; {ways} as near as that.{shown}"


def told(turn: Turn) -> str:
    """One of the nearest ways, in words."""
    return f"{'; '.join(map(_one, turn.changed))}: it {OUTCOMES[turn.outcome]}"


def outermost(options: Sequence[OptionShare]) -> list[OptionShare]:
    """Of many options the first, and those under which most and fewest ways come out as stated; in their own order."""
    if len(options) <= MANY:
        return list(options)
    judged = sorted((i for i, one in enumerate(options) if one.share is not None), key=lambda i: (options[i].share, i))
    return [options[i] for i in sorted({0, *judged[:ENDS], *judged[-ENDS:]})]


def _one(changed: Changed) -> str:
    return f"{changed.label}: {changed.taken_label} instead of {changed.instead_of_label}"
