"""What a comparison came out as, and why something could not be judged."""

from dataclasses import dataclass
from enum import IntEnum


class Outcome(IntEnum):
    """How a claim came out under one combination; two bits each."""

    FAILS = 0
    HOLDS = 1
    TIED = 2
    NOT_JUDGED = 3


class ReasonCode(IntEnum):
    """Why a number is missing or a comparison was refused; 0 is "nothing is missing"."""

    OK = 0
    OUTSIDE_TOLERANCE = 1
    NO_OVERLAP = 2
    TOO_FEW_PEERS = 3
    BORDER_CHANGE = 4
    NOT_PUBLISHED = 5
    BLIND_SPOT = 6
    NOT_RATIO_SCALE = 7
    NOT_DEFINED = 8
    GROUP_TOO_SMALL = 9
    EXCLUDED_KIN = 10
    SOLVER_FAILED = 11
    ONE_SIDED_TEXT = 12
    TOO_FEW_PERIODS = 13
    EXPOSED_EARLY = 14

    @property
    def word(self) -> str:
        """The code as it stands in JSON and casefiles: ``too_few_peers``."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Reason:
    """A missing verdict, with what a reader can do about it.

    ``code`` is one of :class:`ReasonCode`'s words or a claim-level one (``no_figures``, ``not_judged_yet``, ...).
    """

    code: str
    detail: str
    where: str = ""
