"""Audits arguments that judge one side against another: one rule for every side."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evenhand.asking import ask

__version__ = "0.1.0"
__all__ = ["__version__", "ask"]


def __getattr__(name: str) -> Any:
    """``evenhand.ask`` is imported when it is first used, so that ``import evenhand`` takes no time."""
    if name == "ask":
        from evenhand.asking import ask  # noqa: PLC0415

        return ask
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
