"""On which measures do people differ about what is better?"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def contested() -> Mapping[str, str]:
    """The concepts whose direction is contested, each with the reason."""
    return tomllib.loads(files("evenhand.catalog").joinpath("contested.toml").read_text(encoding="utf-8"))
