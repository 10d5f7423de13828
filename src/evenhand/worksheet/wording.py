"""The sentences of the sheets and of the key, once for paper and screen."""

WORDS: dict[str, str | tuple[str, ...]] = {
    "title": "Compared with what? Worksheet",
    "intro": "Names are letters here. For each sentence tick by what you would measure it and whom you would compare with, "
    "before you look below the fold. What you ticked counts, whoever it is about.",
    "second": "This text argues the other way. Would you tick the same?",
    "says": "Somebody writes:",
    "measure": "By what would you measure it?",
    "peers": "Compared with whom?",
    "fold": "fold here · do not look below before everything above is ticked",
    "verdict": "Does the sentence hold, by your own measure and peers?",
    "answers": ("in every fair way of comparing", "in most", "it depends on the way", "otherwise in most",
                "otherwise in every way", "these figures cannot tell"),
    "because": "Because:",
    "signed": "I have decided (signature):",
    "then": "Now ask for the names. Would you decide otherwise, knowing them? Why?",
    "key": "Teacher’s key: not for pupils before they have signed",
    "key_intro": "Give out the sheets, let pupils tick and sign, then tell the letters. Ask who would now decide otherwise, and "
    "why; give out the second sheet, and compare what was ticked on both.",
    "letters": "Letters",
    "opened": "As the casefile opens it:",
    "sources": "Sources:",
}  # fmt: skip
"""What is printed; ``answers`` is a list."""
