"""The map of an argument: laid out, drawn, told as an outline, and weighed again in the browser."""

from evenhand.report.map.draw import svg
from evenhand.report.map.section import GIVENS_IN_WORDS, Section, script, section
from evenhand.report.map.view import STATES, MapView, Told, map_view
from evenhand.report.map.ways import Ways, ways_told

__all__ = [
    "GIVENS_IN_WORDS",
    "STATES",
    "MapView",
    "Section",
    "Told",
    "Ways",
    "map_view",
    "script",
    "section",
    "svg",
    "ways_told",
]
