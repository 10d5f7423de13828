"""What the text leaves out: a finding on the text as a whole, beside those on its claims."""

from evenhand.audit.omission.gather import DEATHS_FROM, omission, summary_of

__all__ = ["DEATHS_FROM", "omission", "summary_of"]
