"""A printable sheet on which names are letters: pupils commit to measure, peers and verdict before the names are told."""

from evenhand.worksheet.build import Sheets, worksheet
from evenhand.worksheet.leaks import leaks
from evenhand.worksheet.sheet import Entry, Key, Row, Sheet, Task

__all__ = ["Entry", "Key", "Row", "Sheet", "Sheets", "Task", "leaks", "worksheet"]
