"""A language model of the user's own proposes claims; each is held against the text, then merged with the rules' draft."""

from evenhand.text.proposing.answers import Answers
from evenhand.text.proposing.asking import propose
from evenhand.text.proposing.endpoint import Endpoint
from evenhand.text.proposing.merging import Account, merged

__all__ = ["Account", "Answers", "Endpoint", "merged", "propose"]
