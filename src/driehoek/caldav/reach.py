"""Connecting to an address that a person typed: public ones only, checked where it is really connected to.

A name may lead anywhere, and elsewhere the next time it is asked. So it is looked up once, here, and the
connection goes to the number that was found good. All ends at one moment, however slowly a server drips.
"""

import socket
import ssl
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotInTime
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from time import monotonic
from typing import Any, Final

import certifi
import httpcore
import httpx

from driehoek.caldav.troubles import Trouble, Why

Network = IPv4Network | IPv6Network
MOST_BYTES: Final = 5 * 2**20
STEP_SECONDS: Final = {"connect": 4.0, "read": 5.0, "write": 5.0, "pool": 1.0}
_NAT64: Final = IPv6Network("64:ff9b::/96")
_looking_up: Final = ThreadPoolExecutor(8, "looking up a calendar server")  # a lookup knows no time limit


def may_reach(number: str, networks: Sequence[Network] = ()) -> bool:
    """Whether a connection may go to this number: a public one, or one in these networks of our own.

    >>> may_reach("93.184.216.34"), may_reach("10.0.0.8"), may_reach("::ffff:127.0.0.1")
    (True, False, False)
    """
    found = _inner(ip_address(number))
    return is_own(number, networks) or (
        found.is_global and not (found.is_multicast or found.is_reserved or _is_site_local(found))
    )


def is_own(number: str, networks: Sequence[Network]) -> bool:
    """Whether a number lies in one of these networks."""
    found = _inner(ip_address(number))
    return any(found.version == one.version and found in one for one in networks)


def _inner(found: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The number that it leads to in the end, however it is wrapped."""
    if isinstance(found, IPv4Address):
        return found
    if found in _NAT64:
        return IPv4Address(int(found) & 0xFFFFFFFF)
    return found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None) or found


def _is_site_local(found: IPv4Address | IPv6Address) -> bool:
    return isinstance(found, IPv6Address) and found.is_site_local


class _Guard(httpcore.NetworkBackend):
    """Looks up a name, and connects to what may be reached of it."""

    def __init__(self, networks: Sequence[Network], ends: float, *, only_own: bool):
        self.networks, self.ends, self.only_own = networks, ends, only_own

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, *_: Any, **__: Any) -> Any:
        failed: Exception = Trouble(Why.INSIDE)
        for number in _numbers(host, port, min(STEP_SECONDS["connect"], _left(self.ends))):
            allowed = is_own(number, self.networks) if self.only_own else may_reach(number, self.networks)
            if not allowed:
                continue
            try:
                stream = httpcore.SyncBackend().connect_tcp(number, port, _least(timeout, self.ends))
                return _Timed(stream, self.ends)
            except (httpcore.NetworkError, httpcore.TimeoutException) as trouble:
                failed = trouble
        raise failed


def _numbers(host: str, port: int, seconds: float) -> list[str]:
    try:
        found = _looking_up.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM).result(seconds)
    except NotInTime:
        raise Trouble(Why.SLOW) from None
    except (OSError, UnicodeError):
        raise Trouble(Why.NO_HOST) from None
    return list(dict.fromkeys(str(address[0]) for *_kind, address in found))


class _Timed(httpcore.NetworkStream):
    """A connection of which every step ends at the same moment."""

    def __init__(self, stream: httpcore.NetworkStream, ends: float):
        self.stream, self.ends = stream, ends

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, _least(timeout, self.ends))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, _least(timeout, self.ends))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> "_Timed":
        left = _least(timeout, self.ends)
        return _Timed(self.stream.start_tls(ssl_context, server_hostname, left), self.ends)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


def _least(timeout: float | None, ends: float) -> float:
    left = _left(ends)
    return left if timeout is None else min(timeout, left)


def _left(ends: float) -> float:
    left = ends - monotonic()
    if left <= 0:
        raise Trouble(Why.SLOW)
    return left


class Transport(httpx.BaseTransport):
    """How `httpx` reaches a server here: through the guard, and never more of an answer than fits."""

    def __init__(self, *, networks: Sequence[Network], ends: float):
        self.networks, self.ends = networks, ends
        self.pools: dict[str, httpcore.ConnectionPool] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        answer = self._pool(request.url.scheme).handle_request(
            httpcore.Request(
                request.method,
                url,
                headers=request.headers.raw,
                content=request.stream,
                extensions={"timeout": STEP_SECONDS},
            )
        )
        assert isinstance(answer.stream, Iterable)
        stream = _Measured(answer.stream)
        return httpx.Response(answer.status, headers=answer.headers, stream=stream)

    def _pool(self, scheme: str) -> httpcore.ConnectionPool:
        """Without https only what lies in our own networks is reached."""
        if scheme not in self.pools:
            guard = _Guard(self.networks, self.ends, only_own=scheme != "https")
            trusted = _trusted() if scheme == "https" else None
            self.pools[scheme] = httpcore.ConnectionPool(
                ssl_context=trusted, network_backend=guard, max_connections=2, keepalive_expiry=20
            )
        return self.pools[scheme]

    def close(self) -> None:
        for pool in self.pools.values():
            pool.close()


def _trusted() -> ssl.SSLContext:
    """What this machine trusts, such as the certificate of its own network, and what everybody does."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


class _Measured(httpx.SyncByteStream):
    def __init__(self, stream: Iterable[bytes]):
        self.stream = stream

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for part in self.stream:
            size += len(part)
            if size > MOST_BYTES:
                raise Trouble(Why.TOO_MUCH)
            yield part

    def close(self) -> None:
        if hasattr(self.stream, "close"):
            self.stream.close()
