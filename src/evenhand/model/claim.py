"""What a claim can be."""

from dataclasses import dataclass
from typing import Literal, get_args

ClaimKind = Literal[
    "comparison", "event", "quantity", "tie", "consensus", "cause", "base-rate", "definition", "inference", "value"
]
CLAIM_KINDS: tuple[ClaimKind, ...] = get_args(ClaimKind)
Voice = Literal["author", "reported"]
Stance = Literal["asserts", "rejects", "concedes"]
STANCES: tuple[Stance, ...] = get_args(Stance)
Move = Literal[
    "whataboutism", "no-true-scotsman", "double-standard", "synecdoche", "loaded-word", "against-the-source", "ad-hominem",
    "superlative", "cherry-picked-window",
]  # fmt: skip
MOVES: tuple[Move, ...] = get_args(Move)
TieKind = Literal[
    "funding", "employment", "ownership", "direction", "membership", "state-control", "authorship", "copying", "family"
]
TIE_KINDS: tuple[TieKind, ...] = get_args(TieKind)


@dataclass(frozen=True, slots=True)
class DraftClaim:
    """A passage worth a reader's question. start, end: code points of the decoded text, end exclusive."""

    quote: str
    start: int
    end: int
    kind: ClaimKind
    veiled: bool = False
    voice: Voice = "author"
    stance: Stance | None = None
    move: Move | None = None
    arithmetic: str | None = None
    confidence: float = 0.0
    reads: str = ""
    missing: tuple[str, ...] = ()
    cue: str = ""
    by: str = "rule"
