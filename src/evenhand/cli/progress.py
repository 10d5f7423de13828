"""Progress on standard error: one line that is rewritten, and only where a person looks at it."""

import sys
import time


class Progress:
    """Says what is going on once it has taken half a second; silent where standard error is not a terminal."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet
        self._on = not quiet and sys.stderr.isatty()
        self._began = time.monotonic()
        self._shown = 0.0
        self._width = 0

    def __call__(self, what: str, done: int, total: int) -> None:
        """Step ``done`` of ``total`` of ``what``."""
        now = time.monotonic()
        if self._on and now - self._began > 0.5 and (now - self._shown > 0.1 or done == total):
            self._shown = now
            self._write(f"{what}: {done} of {total}")

    def step(self, what: str, done: int, total: int) -> None:
        """As a call; without a total only what is going on is said."""
        if total:
            self(what, done, total)
        else:
            now = time.monotonic()
            if self._on and now - self._began > 0.5 and now - self._shown > 0.1:
                self._shown = now
                self._write(f"{what}: {done:,} rows" if done else what)

    def clear(self) -> None:
        """Takes the line away, before anything else is printed."""
        if self._width:
            self._write("")
            sys.stderr.write("\r")
            self._width = 0

    def _write(self, line: str) -> None:
        line = line[:100]
        sys.stderr.write("\r" + line.ljust(self._width))
        sys.stderr.flush()
        self._width = len(line)
