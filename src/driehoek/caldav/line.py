"""A conversation with one server: signed in, in one direction, to its end."""

import ssl
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic
from types import TracebackType
from typing import Final, Self
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from driehoek.caldav.reach import Network, Transport, may_reach
from driehoek.caldav.troubles import Trouble, Why

MOST_TURNS: Final = 4
_SENT_ON: Final = frozenset({301, 302, 307, 308})
_READS: Final = frozenset({"PROPFIND", "REPORT"})


@dataclass(frozen=True, slots=True)
class Login:
    """With what somebody signs in at their server; never printed."""

    user: str = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and from where in the end."""

    url: str
    status: int
    body: bytes
    etag: str


class _Either(httpx.DigestAuth):
    """The password as it is, which is what most servers ask; hashed where they ask that."""

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._last_challenge is None:
            basic = httpx.BasicAuth(self._username, self._password)
            request = next(basic.auth_flow(request))
        yield from super().auth_flow(request)


class Line:
    """Signed in at the server of an address for so many seconds, in which everything has to be said.

    The password goes to that server, and to others of the same house, for there are large ones.
    """

    def __init__(self, login: Login, address: str, *, seconds: float, networks: Sequence[Network]):
        self.address, self.networks, self.ends = address, networks, monotonic() + seconds
        self._login = _Either(login.user.encode(), login.password.encode())
        self._client = httpx.Client(
            transport=Transport(networks=networks, ends=self.ends),
            trust_env=False,
            follow_redirects=False,
            headers={"Accept-Encoding": "identity", "User-Agent": "Driehoek", "Accept": "*/*"},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    @property
    def is_over(self) -> bool:
        """Whether there is no time left to ask anything more."""
        return monotonic() >= self.ends

    def ask(
        self, method: str, url: str, *, body: str = "", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Ask, and follow where a server sends us on while reading. Raises Trouble for all that is wrong."""
        for _turn in range(MOST_TURNS):
            if not _same_house(self.address, checked(url, self.networks)):
                raise Trouble(Why.ELSEWHERE)
            answer, to = self._once(method, url, body, headers or {})
            if not to:
                return answer
            if method not in _READS:
                raise Trouble(Why.ELSEWHERE)
            url = to
        raise Trouble(Why.NO_CALENDAR)

    def _once(
        self, method: str, url: str, body: str, headers: Mapping[str, str]
    ) -> tuple[Answer, str | None]:
        try:
            with self._client.stream(
                method, url, content=body.encode(), headers=dict(headers), auth=self._login
            ) as found:
                if found.headers.get("content-encoding", "identity").lower() != "identity":
                    raise Trouble(Why.NONSENSE)
                said = b"".join(found.iter_raw())
                answer = Answer(url, found.status_code, said, found.headers.get("etag", ""))
                to = found.headers.get("location", "") if found.status_code in _SENT_ON else ""
        except (httpcore.TimeoutException, httpx.TimeoutException):
            raise Trouble(Why.SLOW) from None
        except (httpcore.NetworkError, httpx.NetworkError) as trouble:
            raise Trouble(_unreachable(trouble)) from None
        except (httpcore.ProtocolError, httpx.HTTPError, httpx.InvalidURL, ValueError):
            raise Trouble(Why.NONSENSE) from None
        return answer, urljoin(url, to) if to else None


def _unreachable(trouble: Exception) -> Why:
    """A certificate that is not trusted is hidden below what was raised."""
    below: BaseException | None = trouble
    while below is not None:
        if isinstance(below, ssl.SSLCertVerificationError):
            return Why.CERTIFICATE
        below = below.__cause__ or below.__context__
    return Why.UNREACHABLE


def checked(url: str, networks: Sequence[Network]) -> str:
    """The address, when it is one of a server that is reached by https, or by http in our own networks.

    Where a name leads to is looked at when it is connected to. What is plainly elsewhere is refused at once.
    """
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
        httpx.URL(url)
    except (ValueError, httpx.InvalidURL):
        raise Trouble(Why.ADDRESS) from None
    allowed = ("https", "http") if networks else ("https",)
    if parts.scheme not in allowed or not host or parts.username or parts.password:
        raise Trouble(Why.ADDRESS)
    if _is_number(host) and not may_reach(host, networks):
        raise Trouble(Why.INSIDE)
    return url


def _is_number(host: str) -> bool:
    try:
        may_reach(host)
    except ValueError:
        return False
    return True


def _same_house(one: str, other: str) -> bool:
    """Whether a password that was typed for one address may go along to another: never out of https."""
    here, there = urlsplit(one), urlsplit(other)
    if here.scheme == "https" and there.scheme != "https":
        return False
    hosts = (here.hostname or "").lower(), (there.hostname or "").lower()
    if hosts[0] == hosts[1]:
        return True
    names = [host.split(".")[-2:] for host in hosts]
    return names[0] == names[1] and len(names[0]) == 2 and not any(map(_is_number, hosts))
