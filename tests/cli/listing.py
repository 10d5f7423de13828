"""What lies in a folder."""

from pathlib import Path


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, hidden ones too, and what it holds."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
