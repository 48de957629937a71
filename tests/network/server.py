"""A server on this machine that answers as sites do, well and badly."""

from __future__ import annotations

import gzip
import socket
import ssl
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CERTIFICATE = Path(__file__).with_name("localhost.pem")
"""A certificate for `localhost` that nobody has signed, with its key: for tests only."""


@dataclass
class Site:
    """A running server: its pages, and what was asked of it."""

    origin: str = ""
    pages: dict[str, Page] = field(default_factory=dict)
    tunnels: dict[str, str] = field(default_factory=dict)
    requests: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"{self.origin}{path}"

    @property
    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [path for path, _ in self.requests]


Page = Callable[[BaseHTTPRequestHandler, Site], None]
"""Writes an answer."""


def answer(
    body: bytes = b"",
    *,
    status: int = 200,
    media_type: str = "text/html; charset=utf-8",
    headers: Mapping[str, str] | None = None,
) -> Page:
    """An answer with a body and its right length."""

    def page(handler: BaseHTTPRequestHandler, _site: Site) -> None:
        handler.send_response(status)
        if media_type:
            handler.send_header("Content-Type", media_type)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return page


def redirect(target: str, *, status: int = 302) -> Page:
    """A redirect to an address."""
    return answer(status=status, headers={"Location": target})


def in_turn(*pages: Page) -> Page:
    """Each request gets the next answer, the last one for ever."""
    waiting = list(pages)

    def page(handler: BaseHTTPRequestHandler, site: Site) -> None:
        (waiting.pop(0) if len(waiting) > 1 else waiting[0])(handler, site)

    return page


def silent(seconds: float) -> Page:
    """Says nothing for a while."""
    return lambda _handler, _site: time.sleep(seconds)


def dripping(seconds: float, *, head: bool = False) -> Page:
    """Sends a byte at a time, each soon enough, without an end; `head` begins in the headers."""

    def page(handler: BaseHTTPRequestHandler, _site: Site) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + (b"" if head else b"\r\n"))
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            handler.wfile.write(b"x")
            time.sleep(0.02)

    return page


def endless(handler: BaseHTTPRequestHandler, _site: Site) -> None:
    """A body without an end, in chunks."""
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    while True:
        handler.wfile.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")


def bomb(encoding: str, megabytes: int) -> Page:
    """Zeros, packed a thousand to one."""
    plain = b"\0" * (megabytes * 10**6)
    packed = gzip.compress(plain) if encoding == "gzip" else zlib.compress(plain)
    return answer(packed, headers={"Content-Encoding": encoding})


def reset(handler: BaseHTTPRequestHandler, _site: Site) -> None:
    """Breaks the connection off."""
    # Linger 0: the close is a reset.
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def raw(data: bytes) -> Page:
    """Bytes as they are, then the end."""

    def page(handler: BaseHTTPRequestHandler, _site: Site) -> None:
        handler.wfile.write(data)

    return page


def conditional(body: bytes, *, etag: str, headers: Mapping[str, str] | None = None) -> Page:
    """A page that is only sent to those who don't have it."""

    def page(handler: BaseHTTPRequestHandler, site: Site) -> None:
        more = {"ETag": etag, **(headers or {})}
        if handler.headers.get("If-None-Match") == etag:
            handler.send_response(304)
            for name, value in more.items():
                handler.send_header(name, value)
            handler.end_headers()
        else:
            answer(body, headers=more)(handler, site)

    return page


def relay(source: socket.socket, target: socket.socket) -> None:
    """Hand on what comes, until no more does."""
    with suppress(OSError):
        while data := source.recv(65_536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients of these pages go away early."""


@contextmanager
def serving(host: str = "127.0.0.1", *, secure: bool = False) -> Iterator[Site]:
    """Run a server until the end of the block."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.requests.append((self.path, dict(self.headers)))
            page = site.pages.get(self.path.partition("?")[0]) or site.pages.get("*")
            (site.pages.get(self.path) or page or answer(b"?", status=404))(self, site)

        def do_CONNECT(self) -> None:
            site.requests.append((self.path, dict(self.headers)))
            host, _, port = self.path.rpartition(":")
            if host not in site.tunnels:
                self.send_response(407)
                self.end_headers()
                return
            with socket.create_connection((site.tunnels[host], int(port))) as other:
                self.send_response(200)
                self.end_headers()
                back = threading.Thread(target=relay, args=(other, self.connection))
                back.start()
                relay(self.connection, other)
                back.join()

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = _Server((host, 0), Handler)
    if secure:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    site.origin = f"{'https' if secure else 'http'}://{host}:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
