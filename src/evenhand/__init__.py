"""Audits arguments that judge one side against another: one rule for every side."""

__version__ = "0.1.0"
