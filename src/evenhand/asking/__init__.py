"""A question in plain words, understood through the catalogue's names and a little grammar, and answered in seconds."""

from evenhand.asking.answer import Answer, answer, ask
from evenhand.asking.reading import understand
from evenhand.asking.settle import settle
from evenhand.asking.understood import REASONS, Missing, NotUnderstoodError, Understood

__all__ = ["REASONS", "Answer", "Missing", "NotUnderstoodError", "Understood", "answer", "ask", "settle", "understand"]
