"""Rows and heads of tables in Markdown."""


def cells(*words: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in words)} |"


def table(*heads: str) -> list[str]:
    return [cells(*heads), cells(*["---"] * len(heads))]
