"""A real HTTP server on 127.0.0.1 that can be told to misbehave."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

Way = Callable[["Handler", bytes], None]


@dataclass
class Site:
    """What the server has. pages: path (with query) to content, kind. ways: for the first requests of a path, what goes wrong."""

    pages: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    ways: dict[str, list[Way]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    address: str = ""


class Handler(BaseHTTPRequestHandler):
    """Answers from the site."""

    site: Site

    def do_GET(self) -> None:
        site = self.site
        site.asked.append((self.path, dict(self.headers)))
        site.at_once += 1
        site.most_at_once = max(site.most_at_once, site.at_once)
        try:
            content, kind = site.pages.get(self.path) or site.pages.get(urlsplit(self.path).path) or (b"", "")
            ways = site.ways.get(urlsplit(self.path).path, [])
            if ways:
                ways.pop(0)(self, content)
            elif not kind:
                self.send_error(404)
            else:
                self.answer(content, kind)
        finally:
            site.at_once -= 1

    def answer(self, content: bytes, kind: str, *, part: int | None = None) -> None:
        """The content, or the range asked for; ``part``: so many bytes of it, and then the line is cut."""
        etag = f'"{len(content)}"'
        if self.headers.get("If-None-Match") == etag:
            self.send_response(304)
            self.end_headers()
            return
        start, asked = 0, self.headers.get("Range", "")
        if asked.startswith("bytes=") and self.headers.get("If-Range") == etag:
            start = int(asked[6:].rstrip("-"))
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        else:
            self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content) - start))
        self.send_header("ETag", etag)
        self.send_header("Last-Modified", formatdate(0, usegmt=True))
        self.end_headers()
        self.wfile.write(content[start:] if part is None else content[start : start + part])

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def truncates(after: int) -> Way:
    """The line is cut after so many bytes."""
    return lambda handler, content: handler.answer(content, "text/csv", part=after)


def stalls(seconds: float, after: int = 0) -> Way:
    """Some bytes, and then nothing for so long."""

    def way(handler: Handler, content: bytes) -> None:
        handler.answer(content, "text/csv", part=after)
        handler.wfile.flush()
        time.sleep(seconds)

    return way


def fails(code: int, **headers: str) -> Way:
    """An answer with that code."""

    def way(handler: Handler, _: bytes) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return way


def sends_on(to: str) -> Way:
    """A redirect."""
    return fails(302, Location=to)


def hangs_up(handler: Handler, _: bytes) -> None:
    """No answer at all."""
    handler.close_connection = True
    handler.connection.close()


@contextmanager
def serving() -> Iterator[Site]:
    """A site that is being served."""
    site = Site()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"site": site}))
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    site.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
