"""Transport: one request and its answer, bounded in time and size, to a checked address only."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import field
from http.client import HTTPException
from typing import Protocol

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import DecodeError, HTTPError, LocationParseError

from exporter.errors import FetchError, reason_of
from exporter.messages import cause
from exporter.network.access import Reach
from exporter.network.addresses import Address, is_public
from exporter.network.content import check_encoding, check_kind
from exporter.network.limits import Limits
from exporter.network.proxies import Proxy
from exporter.records import dataclass

_CHUNK = 65_536
_LIVES = (200, 203)
# What http.client says of a proxy that lets nobody through unnamed.
_WANTS_A_PASSWORD = "Tunnel connection failed: 407"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Response:
    """An answer: `headers` by their names in small letters, `cookies` its Set-Cookie lines."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    cookies: tuple[str, ...] = ()


class Transport(Protocol):
    """Something that sends a request and returns its answer."""

    def __call__(self, address: Address, headers: Mapping[str, str], seconds: float) -> Response:
        """Return the answer within these seconds; raises FetchError."""


@dataclass(frozen=True, slots=True)
class Wire:
    """The transport over real connections."""

    limits: Limits
    reach: Reach
    proxies: Mapping[str, Proxy] = field(default_factory=dict)

    def __call__(self, address: Address, headers: Mapping[str, str], seconds: float) -> Response:
        """Return the answer to a GET.

        Raises FetchError; its code is in `RETRIED` when another try may succeed.
        """
        connection = self._connection(address)
        with _translated(address, connection), _bounded(connection, seconds):
            connection.timeout = min(self.limits.connect, seconds)
            connection.connect()
            connection.timeout = min(self.limits.read, seconds)
            sent = {**headers, **connection.more_headers}
            connection.request("GET", connection.target, headers=sent, preload_content=False)
            with connection.getresponse() as answer:
                response = self._response(answer, address)
            if connection.has_timed_out:  # to whoever reads, the end that was made looks like any
                raise FetchError("fetch-timeout", subject=address.url)
            return response

    def _connection(self, address: Address) -> _Plain | _Secure:
        proxy = self.proxies.get(address.scheme)
        if proxy and not proxy.passes_by(address.host):
            return _through(proxy, address, self.reach)
        kind = _Secure if address.scheme == "https" else _Plain
        connection = kind(address.host, address.port)
        connection.reach, connection.target = self.reach, address.target
        return connection

    def _response(self, answer: urllib3.BaseHTTPResponse, address: Address) -> Response:
        headers = {name.lower(): value for name, value in answer.headers.items()}
        cookies = tuple(answer.headers.getlist("set-cookie"))
        body = b""
        if answer.status in _LIVES:
            check_kind(headers, address.url)
            check_encoding(headers, address.url)
            body = self._body(answer, headers, address)
        return Response(answer.status, headers, body, cookies)

    def _body(
        self, answer: urllib3.BaseHTTPResponse, headers: Mapping[str, str], address: Address
    ) -> bytes:
        """Return the content, which is never let grow beyond the limit, however it is packed."""
        length = headers.get("content-length", "")
        if length.isdecimal() and int(length) > self.limits.size:
            raise self._too_large(address)
        chunks: list[bytes] = []
        size = 0
        # read1 returns what is there: `read` would wait for a server that sends byte by byte.
        while chunk := answer.read1(_CHUNK, decode_content=True):
            size += len(chunk)
            if size > self.limits.size:
                raise self._too_large(address)
            chunks.append(chunk)
        return b"".join(chunks)

    def _too_large(self, address: Address) -> FetchError:
        megabytes = f"{self.limits.size / 10**6:g}"
        return FetchError("fetch-too-large", subject=address.url, detail=megabytes)


RETRIED = frozenset({"fetch-broken", "fetch-timeout"})
"""What may be over at the next try."""


# --- connections ----------------------------------------------------------------------------


class _Guarded(HTTPConnection):
    """A connection to an address that was checked, which another thread can end."""

    reach = Reach.PUBLIC
    target = ""
    more_headers: Mapping[str, str] = {}
    is_direct = True
    has_timed_out = False
    _live: socket.socket | None = None

    def _new_conn(self) -> socket.socket:
        if not self.is_direct:  # to the proxy, which looks up the name itself
            return super()._new_conn()
        return _connected(self.host, self.port, seconds=self.timeout or None, reach=self.reach)

    def connect(self) -> None:
        super().connect()
        self._live = self.sock

    def end(self) -> None:
        """Let whoever waits for this connection wait no longer."""
        self.has_timed_out = True
        if self._live is not None:
            with suppress(OSError):
                self._live.shutdown(socket.SHUT_RDWR)


class _Plain(_Guarded):
    pass


class _Secure(_Guarded, HTTPSConnection):
    """TLS with the system's certificates; the name is checked, also where the address is."""

    def __init__(self, host: str, port: int) -> None:
        HTTPSConnection.__init__(self, host, port, ssl_context=ssl.create_default_context())


def _through(proxy: Proxy, address: Address, reach: Reach) -> _Plain | _Secure:
    """Return a connection by way of a proxy.

    The proxy looks up the name, so all that can be checked here is an address that stands for
    itself, and the names of this machine.
    """
    if reach is Reach.PUBLIC and _is_plainly_private(address.host):
        raise FetchError("fetch-private", subject=address.url, detail=address.host)
    kind = _Secure if address.scheme == "https" else _Plain
    connection = kind(proxy.host, proxy.port)
    connection.is_direct = False
    if address.scheme == "https":
        connection.set_tunnel(address.host, address.port, headers=proxy.headers)
        connection.target = address.target
    else:
        connection.target, connection.more_headers = address.url, proxy.headers
    return connection


def _is_plainly_private(host: str) -> bool:
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        # AI_NUMERICHOST: also as 127.1 and 0x7f000001, and without asking for any name.
        found = socket.getaddrinfo(host, None, flags=socket.AI_NUMERICHOST)
    except OSError:
        return False
    return not all(is_public(str(entry[4][0])) for entry in found)


def _connected(host: str, port: int, *, seconds: float | None, reach: Reach) -> socket.socket:
    """Return a socket to the first address of a host that answers.

    The addresses are looked up once, and the connection goes to the very one that was checked: a
    name that has another address a moment later (DNS rebinding) changes nothing.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError("fetch-name", subject=host, detail=_unnamed(error)) from error
    allowed = [entry for entry in found if reach is Reach.ANY or is_public(str(entry[4][0]))]
    if not allowed:
        raise FetchError("fetch-private", subject=host, detail=str(found[0][4][0]))
    refusal: OSError = OSError(host)
    for family, kind, protocol, _, address in allowed:
        try:
            return _socket_to(address, seconds, family=family, kind=kind, protocol=protocol)
        except OSError as error:
            refusal = error
    raise refusal


def _unnamed(error: OSError | UnicodeError) -> str:
    number = error.errno if isinstance(error, socket.gaierror) else None
    if number in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", None)):
        return cause("name-none")
    return cause("name-later") if number == socket.EAI_AGAIN else reason_of(error)


def _socket_to(
    address: tuple[object, ...], seconds: float | None, *, family: int, kind: int, protocol: int
) -> socket.socket:
    connected = socket.socket(family, kind, protocol)
    try:
        connected.settimeout(seconds)
        connected.connect(address)
    except BaseException:
        connected.close()
        raise
    return connected


@contextmanager
def _bounded(connection: _Guarded, seconds: float) -> Iterator[None]:
    """End the connection after these seconds, whatever it is doing."""
    timer = threading.Timer(max(seconds, 0.0), connection.end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        connection.close()


@contextmanager
def _translated(address: Address, connection: _Guarded) -> Iterator[None]:
    """Turn whatever goes wrong on a connection into the FetchError that says so."""
    try:
        yield
    except FetchError as error:
        raise FetchError(error.code, subject=address.url, detail=error.detail) from error.__cause__
    except DecodeError as error:
        raise FetchError("fetch-encoding", subject=address.url, detail=str(error)) from error
    except LocationParseError as error:
        raise FetchError("fetch-address", subject=address.url, detail=str(error)) from error
    except (HTTPError, HTTPException, OSError) as error:
        raise _told(error, address, connection) from error


def _told(
    error: HTTPError | HTTPException | OSError, address: Address, connection: _Guarded
) -> FetchError:
    """Return the FetchError for a failure of the connection, by its first cause."""
    if connection.has_timed_out or isinstance(
        error, urllib3.exceptions.TimeoutError | TimeoutError
    ):
        return FetchError("fetch-timeout", subject=address.url)
    first = _first_cause(error)
    if isinstance(first, ssl.SSLCertVerificationError):
        detail = first.verify_message
        return FetchError("fetch-certificate", subject=address.url, detail=detail)
    if not connection.is_direct and _WANTS_A_PASSWORD in str(first):
        return FetchError("fetch-proxy", subject=address.url, detail="407")
    was_connected = connection._live is not None  # noqa: SLF001 - of this module
    broke = was_connected or isinstance(first, ssl.SSLError | ConnectionResetError)
    code = "fetch-broken" if broke else "fetch-refused"
    return FetchError(code, subject=address.url, detail=reason_of(first))


def _first_cause(error: BaseException) -> Exception:
    cause = error
    while isinstance(cause.__cause__ or cause.__context__, Exception):
        cause = cause.__cause__ or cause.__context__ or cause
    return cause if isinstance(cause, Exception) else Exception(str(cause))
