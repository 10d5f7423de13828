"""Findings to a page and to JSON."""

from evenhand.report.json_out import json_schema, json_text, to_json
from evenhand.report.page import index, page, write_page
from evenhand.report.write import write_text

__all__ = ["index", "json_schema", "json_text", "page", "to_json", "write_page", "write_text"]
