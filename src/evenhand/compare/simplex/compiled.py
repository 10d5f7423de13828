"""The compiled functions that are called from Python. Importing this imports numba."""

from evenhand.compare.simplex.sweep import sweep

__all__ = ["sweep"]
