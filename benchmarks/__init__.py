"""Timings, and how often the engine's words are true where the truth is known."""
