"""The pictures of a comparison, as SVG that takes its colours from the page."""

from evenhand.report.charts.claim import Chart, Setting, claim_charts

__all__ = ["Chart", "Setting", "claim_charts"]
