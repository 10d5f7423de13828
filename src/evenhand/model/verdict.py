"""Verdicts in words: the share of the ways of comparing that we tried, and nothing cleverer.

The bands are symmetric and compared in integers; NOT_A_CHANCE stands under each.
"""

from fractions import Fraction

NOT_A_CHANCE = "This is not the chance that the claim is true."
BANDS: tuple[tuple[str, str], ...] = (
    ("every", "comes out in every way that we tried"),
    ("nearly-every", "comes out in nearly every way that we tried"),
    ("most", "comes out in most ways that we tried"),
    ("depends", "depends on the way of comparing"),
    ("otherwise-in-most", "comes out otherwise in most ways that we tried"),
    ("otherwise-in-nearly-every", "comes out otherwise in nearly every way that we tried"),
    ("otherwise-in-every", "comes out otherwise in every way that we tried"),
)
NOT_TRIED_OTHERWISE = "not tried otherwise"
ENOUGH_COMBINATIONS = 12
ENOUGH_CHOICES = 2


def band(share: Fraction) -> str:
    """Which band does an exact share fall into? Cuts at 0, 5, 30, 70, 95 and 100 %, the cuts belonging to the outer band."""
    n, d = share.numerator, share.denominator
    if n == d:
        return "every"
    if n == 0:
        return "otherwise-in-every"
    if 100 * n >= 95 * d:
        return "nearly-every"
    if 100 * n >= 70 * d:
        return "most"
    if 100 * n > 30 * d:
        return "depends"
    return "otherwise-in-most" if 100 * n > 5 * d else "otherwise-in-nearly-every"


CUTS = (5, 30, 70, 95)


def percent(share: float) -> str:
    r"""A share in whole per cent that never rounds up to all, down to none, or across the cut of a band.

    >>> percent(0.474), percent(0.999), percent(0.001), percent(0.946), percent(0.9499)
    ('47\xa0%', 'over 99\xa0%', 'under 1\xa0%', '94.6\xa0%', 'under 95\xa0%')
    """
    whole = round(100 * share)
    if whole == 100 and share < 1:
        return "over 99\u00a0%"
    if whole == 0 and share > 0:
        return "under 1\u00a0%"
    if whole not in CUTS or abs(100 * share - whole) < 1e-9:
        return f"{whole}\u00a0%"
    finer = round(100 * share, 1)
    if finer == whole:
        return f"{'under' if 100 * share < whole else 'over'} {whole}\u00a0%"
    return f"{finer}\u00a0%"


def verdict_words(share: Fraction, *, distinct: int, open_choices: int) -> str:
    """The sentence that belongs to a share.

    Under 12 distinct judged combinations, or under two choices with two options, nothing was really tried otherwise.
    """
    if distinct < ENOUGH_COMBINATIONS or open_choices < ENOUGH_CHOICES:
        if share == 1:
            return f"comes out as stated; {NOT_TRIED_OTHERWISE}"
        if share == 0:
            return f"comes out otherwise; {NOT_TRIED_OTHERWISE}"
        return f"{dict(BANDS)[band(share)]}, but few ways could be tried"
    return dict(BANDS)[band(share)]
