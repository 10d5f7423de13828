"""A name for one finding that cannot be given to another: what it was made from, as one digest."""

import hashlib
import json

from evenhand.audit.result import Provenance

SHORT = 12


def finding_hash(made: Provenance, claim: str) -> str:
    """SHA-256 over the version, the text, the casefile, all figures, the seed, and which claim it is."""
    parts = [
        made.version,
        made.text_sha256,
        made.case_sha256,
        made.figures_sha256,
        list(made.own_data),
        made.seed,
        claim,
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8")).hexdigest()
