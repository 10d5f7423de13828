"""Findings to a page and to JSON."""

from evenhand.report.json_out import finding_json, json_schema, json_text, to_json
from evenhand.report.page import index, page, write_page

__all__ = [
    "finding_json",
    "index",
    "json_schema",
    "json_text",
    "page",
    "to_json",
    "write_page",
]
