"""A local HTTP server that speaks the protocol of OpenAI-compatible endpoints, and misbehaves on demand."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[dict[str, Any]], str]


@dataclass
class Endpoint:
    """What the server does. status: of its first answers, one by one, then 200; content: the message, or made from what was asked."""

    url: str = ""
    content: str | Answer = '{"claims": []}'
    status: list[int] = field(default_factory=list)
    body: bytes | None = None
    stall: float = 0.0
    cut: bool = False
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


def handler(endpoint: Endpoint) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            endpoint.asked.append(request)
            endpoint.keys.append(self.headers.get("Authorization", ""))
            time.sleep(endpoint.stall)
            status = endpoint.status.pop(0) if endpoint.status else 200
            if status != 200:
                said = {
                    "error": {
                        "message": f"error {status} for {endpoint.keys[-1]}",
                        "type": "x",
                        "code": None,
                        "param": None,
                    }
                }
                self.answer(status, json.dumps(said).encode())
            elif endpoint.body is not None:
                self.answer(200, endpoint.body)
            else:
                content = endpoint.content(request) if callable(endpoint.content) else endpoint.content
                self.answer(200, json.dumps(completion(content)).encode())

        def answer(self, status: int, body: bytes) -> None:
            try:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body) + 1000 * endpoint.cut))
                self.send_header("retry-after-ms", "1")
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                pass  # the other side has given up

    return Handler


def completion(content: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    return {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}


@contextmanager
def serving(**behaviour: Any) -> Iterator[Endpoint]:
    """A server of one behaviour while the block runs."""
    endpoint = Endpoint(**behaviour)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(endpoint))
    server.daemon_threads = True
    endpoint.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield endpoint
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def claim(quote: str, kind: str = "comparison", **more: Any) -> dict[str, Any]:
    return {
        "quote": quote, "kind": kind, "voice": "author", "stance": None, "veiled": False, "move": None, "reads": "A sentence.",
        "missing": [], "arithmetic": None,
    } | more  # fmt: skip


def claims(*each: dict[str, Any]) -> str:
    return json.dumps({"claims": list(each)})
