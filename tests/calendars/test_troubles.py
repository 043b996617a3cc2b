"""Servers that answer nonsense, hang, pour or lead astray: a sentence on the page, and nothing lost."""

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address, ip_network

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.urls import reverse

from driehoek.access import Role
from driehoek.caldav.line import Line, Login
from driehoek.caldav.reach import may_reach
from driehoek.caldav.troubles import Trouble
from driehoek.calendars import actions
from driehoek.calendars.models import Busy, Connection
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from tests.booking.makers import EN, MONDAY, NOW, make_booked
from tests.calendars.conftest import PASSWORD
from tests.calendars.makers import client_of, connect, event, follow, look, page
from tests.makers import make_person, person_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
MEGABYTE = 2**20
OPEN = '<multistatus xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">'
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n > 1 else str()};" * 10}">' for n in range(1, 10))
    + f"]>{OPEN}<response><href>&a9;</href></response></multistatus>"
)
FILE = f'<?xml version="1.0"?><!DOCTYPE m [<!ENTITY f SYSTEM "file:///etc/passwd">]>{OPEN}&f;</multistatus>'


@contextmanager
def serving(answer, *, certificate="") -> Iterator[str]:
    """A server on this machine of which `answer(handler)` says what it does."""

    class Handler(BaseHTTPRequestHandler):
        def handle_one_request(self):
            self.raw_requestline = self.rfile.readline(65537)
            if not self.raw_requestline or not self.parse_request():
                self.close_connection = True
                return
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.close_connection = True
            with suppress(BrokenPipeError, ConnectionResetError):
                answer(self)

        def log_message(self, *_said):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http{'s' if certificate else ''}://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def says(status=207, body=b"", **headers):
    def answer(handler):
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body if isinstance(body, bytes) else body.encode())

    return answer


def pours(handler):
    handler.send_response(207)
    handler.end_headers()
    for _part in range(100):
        handler.wfile.write(b"x" * MEGABYTE)


def hangs(_handler):
    time.sleep(20)


def drips(handler):
    for sign in b"HTTP/1.1 207 Multi-Status\r\n" * 100:
        handler.wfile.write(bytes([sign]))
        time.sleep(0.2)


def speaks_no_http(handler):
    handler.wfile.write(b"220 mail.example.org ESMTP\r\n" * 3)


ANSWERS = {
    "html": (says(200, "<html>Welcome</html>"), "no calendar that we may read"),
    "not found": (says(404), "no calendar that we may read"),
    "rubbish": (says(207, b"\x00\xff rubbish"), "something that is no calendar"),
    "other xml": (says(207, "<a/>"), "something that is no calendar"),
    "nothing in it": (says(207, f"{OPEN}</multistatus>"), "no calendar that we may read"),
    "half": (says(207, f"{OPEN}<response>"), "something that is no calendar"),
    "a bomb": (says(207, BOMB), "something that is no calendar"),
    "a file of ours": (says(207, FILE), "something that is no calendar"),
    "packed": (
        says(207, gzip.compress(b"x" * 9 * MEGABYTE), Content_Encoding="gzip"),
        "something that is no calendar",
    ),
    "no http": (speaks_no_http, "something that is no calendar"),
    "far too much": (pours, "more than we can read"),
    "nothing": (hangs, "takes too long to answer"),
    "drop by drop": (drips, "takes too long to answer"),
    "an error": (says(500, "Traceback"), "cannot answer now"),
    "round and round": (says(302, Location="/again"), "no calendar that we may read"),
    "to another": (says(302, Location="https://elsewhere.example/dav"), "sends us on to another one"),
    "inside": (says(302, Location="http://10.0.0.1/"), "may not enter"),
    "to a file": (says(302, Location="file:///etc/passwd"), "no address of a calendar server"),
    "no": (says(401, WWW_Authenticate="Basic"), "does not accept this name and password"),
    "a maze": (says(207, f"{OPEN}{'<response>' * 100_000}"), "something that is no calendar"),
}
SLOW = {"nothing", "drop by drop"}


@pytest.mark.parametrize("case", ANSWERS)
def test_whatever_a_server_answers_the_page_says_so_in_a_sentence_and_keeps_what_was_typed(
    at_home, monkeypatch, case
):
    # Little patience only where it is what is tried: a busy machine is slow with every answer.
    patience = 1.0 if case in SLOW else 20.0
    monkeypatch.setattr("driehoek.calendars.actions.connecting.PATIENCE", patience)
    me = make_person()
    answer, words = ANSWERS[case]

    with serving(answer) as address:
        given = {"address": address, "user": "me", "password": PASSWORD}
        began = time.monotonic()
        shown = client_of(me).post(reverse("calendars:connect"), given, headers=EN)

    said = shown.content.decode()
    assert shown.status_code == 200
    assert words in said
    assert f'value="{address}"' in said
    assert "markerpassword" not in said
    assert time.monotonic() - began < patience + 4
    assert not Connection.objects.exists()


@pytest.mark.parametrize(
    "case", ["rubbish", "a bomb", "far too much", "no", "an error", "html", "drop by drop"]
)
def test_when_it_does_so_later_what_was_known_stays_and_the_worker_goes_on(theirs, monkeypatch, case):
    clock.move_to(NOW)
    monkeypatch.setattr("driehoek.calendars.actions.following.PATIENCE", 1.0 if case in SLOW else 20.0)
    engagement = make_booked()
    me, other = person_of(engagement, Role.COACH), person_of(engagement, Role.COACHEE)
    theirs.put("a", event("a", MONDAY, MONDAY + timedelta(hours=1)))
    connect(me, theirs)
    answer, words = ANSWERS[case]

    with serving(answer) as address:
        row = Connection.objects.get()
        said = row.open()
        for one in said["calendars"].values():
            one["url"] = f"{address}/calendar/"
        row.seal(said)
        row.save()
        look(me)
        connect(other, theirs)

    assert words in page(me)
    assert Busy.objects.filter(calendar__connection=row).count() == 1
    assert not Connection.objects.get(person=other).trouble
    assert follow() == 0  # not again at once
    clock.move_to(NOW + timedelta(hours=5))
    assert follow() == 2


def test_whatever_goes_wrong_in_one_round_there_is_a_next_one(monkeypatch):
    stop, rounds = threading.Event(), []

    def fails(_move):
        rounds.append(len(rounds))
        if len(rounds) == 2:
            stop.set()
        raise LookupError

    monkeypatch.setattr("driehoek.calendars.actions.following.follow_due", fails)
    monkeypatch.setattr("driehoek.calendars.actions.following.POLL_SECONDS", 0)
    actions.keep_following(stop, move=lambda *_given: None)

    assert rounds == [0, 1]


INSIDE = [
    *(
        "https://127.0.0.1/",
        "https://localhost/",
        "https://10.1.2.3/",
        "https://192.168.1.1/",
        "https://[::1]/",
    ),
    *(
        "https://169.254.169.254/latest",
        "https://[::ffff:10.0.0.1]/",
        "https://0.0.0.0/",
        "https://100.64.0.1/",
    ),
    *("https://[fe80::1]/", "https://[fd00::1]/", "https://[64:ff9b::a00:1]/", "https://2130706433/"),
    *("https://224.0.0.1/", "https://[2002:a00:1::]/", "https://127.1/"),
]
NO_ADDRESS = [
    "http://example.org/",
    "ftp://example.org/",
    "https://",
    "file:///etc/passwd",
    "https://a:b@x.org/",
]


@pytest.mark.parametrize("address", INSIDE)
def test_no_address_leads_into_the_network_around_us(address):
    with pytest.raises(Trouble, match="inside"), line(address) as asked:
        asked.ask("PROPFIND", address)


@pytest.mark.parametrize("address", NO_ADDRESS)
def test_only_an_address_with_https_is_asked(address):
    with pytest.raises(Trouble, match="address"), line(address) as asked:
        asked.ask("PROPFIND", address)


def line(address):
    return Line(Login("me", PASSWORD), address, seconds=2, networks=())


def test_a_name_that_leads_inside_is_refused_where_it_is_connected_to(monkeypatch):
    asked = []

    def looked_up(host, port, **_more):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    with serving(says()) as address:
        port = address.rpartition(":")[2]
        with pytest.raises(Trouble, match="inside"), line("https://looks.good.example") as one:
            one.ask("PROPFIND", f"https://looks.good.example:{port}/")

    assert asked == ["looks.good.example"]  # looked up once: there is no second answer to be led astray by


def test_a_network_that_the_installation_allows_is_reached_and_no_other(settings):
    assert settings.CALENDAR_NETWORKS == ()
    ours = (ip_network("10.1.0.0/16"),)

    assert may_reach("10.1.2.3", ours)
    assert not may_reach("10.2.0.1", ours)
    assert may_reach("93.184.216.34")


def test_a_certificate_is_looked_at_and_one_that_the_machine_trusts_is_enough(at_home, tmp_path, monkeypatch):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(1))
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = made.add_extension(here, critical=False).sign(key, hashes.SHA256())
    file = tmp_path / "certificate.pem"
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, *form) + made.public_bytes(serialization.Encoding.PEM)
    )

    with serving(says(404), certificate=file) as address:
        with pytest.raises(Refused, match="cannot be trusted"):
            actions.connect(make_person(), address=address, user="me", password=PASSWORD)
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        with pytest.raises(Refused, match="no calendar that we may read"):
            actions.connect(make_person(), address=address, user="me", password=PASSWORD)


def test_a_password_hashed_for_a_server_that_asks_so_is_enough(at_home):
    seen = []

    def digest(handler):
        seen.append(handler.headers["Authorization"])
        asks = 'Digest realm="dav", nonce="n", qop="auth", algorithm=MD5'
        says(401, WWW_Authenticate=asks)(handler) if len(seen) == 1 else says(404)(handler)

    with serving(digest) as address, pytest.raises(Refused, match="no calendar"):
        actions.connect(make_person(), address=address, user="me", password=PASSWORD)

    assert seen[1].startswith('Digest username="me"')


def test_two_that_wait_for_a_slow_server_hold_up_nobody_else(at_home, monkeypatch):
    monkeypatch.setattr("driehoek.calendars.actions.connecting.PATIENCE", 1.0)
    from driehoek.calendars.actions.connecting import _two_at_a_time

    with _two_at_a_time, _two_at_a_time, pytest.raises(Refused, match="Try again in a moment"):
        actions.connect(make_person(), address="https://x.example", user="me", password="x")
