"""What all tests share: speed is measured in benchmarks, never asserted here."""

from hypothesis import settings

settings.register_profile("evenhand", deadline=None)
settings.load_profile("evenhand")
