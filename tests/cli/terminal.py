"""A real pseudo-terminal with a real evenhand in it: keys go in, what is shown comes out."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import Self

ENTER, TAB, BACKTAB, ESC, DOWN = "\r", "\t", "\x1b[Z", "\x1b", "\x1b[B"


class Terminal:
    """One run of evenhand in a pseudo-terminal of its own, 100 by 40."""

    def __init__(self, *arguments: str, folder: Path, home: Path) -> None:
        self.primary, secondary = pty.openpty()
        fcntl.ioctl(secondary, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
        env = {**os.environ, "EVENHAND_HOME": str(home), "TERM": "xterm-256color", "COLUMNS": "100"}
        self.run = subprocess.Popen(
            [sys.executable, "-m", "evenhand", *arguments], cwd=folder, env=env, stdin=secondary, stdout=secondary,
            stderr=secondary, start_new_session=True,
        )  # fmt: skip
        os.close(secondary)
        self.shown = ""
        self.sent = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.run.poll() is None:
            self.run.kill()
        self.run.wait()
        os.close(self.primary)

    def wait_for(self, text: str, seconds: float = 30) -> None:
        """Until it was shown since the last wait; what was shown before is forgotten."""
        ends = time.monotonic() + seconds
        while text not in self.shown:
            if time.monotonic() > ends:
                raise AssertionError(f"never shown: {text!r}; instead {self.shown[-1500:]!r}")
            self._read()
        self.shown = self.shown.partition(text)[2]

    def press(self, keys: str) -> None:
        """Keys, all at once."""
        os.write(self.primary, keys.encode())
        self.sent += 1 if keys.startswith("\x1b") else len(keys)

    def settle(self, path: Path, done, seconds: float = 30) -> str:
        """Until a file says what it should; gives what it says."""
        ends = time.monotonic() + seconds
        while True:
            self._read(0.02)
            said = path.read_text(encoding="utf-8") if path.is_file() else ""
            if done(said):
                return said
            if time.monotonic() > ends:
                raise AssertionError(f"{path} never said it; it says {said[-800:]!r}, the screen {self.shown[-800:]!r}")

    def kill(self) -> None:
        """As kill -9 does: no chance to tidy up."""
        self.run.send_signal(signal.SIGKILL)
        self.run.wait()

    def ends(self, seconds: float = 30) -> int:
        """The exit code, once it is over."""
        until = time.monotonic() + seconds
        while self.run.poll() is None and time.monotonic() < until:
            self._read(0.05)
        self._read(0.05)
        return self.run.wait(timeout=1)

    def _read(self, wait: float = 0.1) -> None:
        if select.select([self.primary], [], [], wait)[0]:
            try:
                self.shown += os.read(self.primary, 65536).decode(errors="replace")
            except OSError:
                time.sleep(wait)
