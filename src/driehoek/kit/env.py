"""Reading settings from the environment and from key files beside the database."""

import base64
import binascii
import os
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

import dj_email_url
from django.core.exceptions import ImproperlyConfigured
from environs import EnvError

MAIL = ("smtp", "smtps", "submission", "console", "file")


def is_laptop(*, debug: bool, https: bool, data: Path) -> bool:
    """Whether the keys that everybody knows will do: for building, with nothing that points at real use."""
    return debug and not https and not os.environ.get("DRIEHOEK_DATABASE") and not _holds_real_people(data)


def secret(env, name: str, *, data: Path, insecure: str | None) -> str:
    """The secret `name`: from the environment, else from its file in the data folder, else `insecure`.

    The file is `secret.key` for SECRET_KEY, made at the first start.
    """
    file = data / f"{name.lower().removesuffix('_key')}.key"
    if file.is_file():
        return env.str(name, file.read_text("ascii").strip())
    if insecure is not None:
        return env.str(name, insecure)
    return env.str(name)


def master_keys(env, *, data: Path, insecure: bool) -> tuple[bytes, ...]:
    """The keys that wrap the data keys: one or more of 32 bytes in base64, split by commas.

    The first is used for new work, the others still open older work.
    """
    env.add_parser("master_keys", _as_keys)
    file = data / "master.key"
    if file.is_file():
        return env.master_keys("MASTER_KEY", file.read_text("ascii").strip())
    if insecure:
        return env.master_keys("MASTER_KEY", base64.b64encode(b"insecure laptop master key 32byt").decode())
    return env.master_keys("MASTER_KEY")


def mail_server(env, name: str, default: str) -> dict[str, object]:
    """Where mail goes. An address that begins with something else is refused: a slip of the pen would
    otherwise become a server without encryption, or none at all.
    """
    env.add_parser("mail_server", _as_mail_server)
    return env.mail_server(name, default)


def networks(env, name: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Networks of our own into which an address that a person typed may lead; none when nothing is said."""
    env.add_parser("networks", _as_networks)
    return env.networks(name, "")


def refuse_demo_in_earnest(*, demo: bool, https: bool, data: Path) -> None:
    """In the demo anybody steps into any role with one click, so it never starts where real people work.

    Raises ImproperlyConfigured when mail, HTTPS or the data folder say that this is not a demo.
    """
    signs = {
        "DRIEHOEK_EMAIL": bool(os.environ.get("DRIEHOEK_EMAIL")),
        "DRIEHOEK_HTTPS": https,
        f"{data / 'kind'} (this folder holds real people)": _holds_real_people(data),
    }
    found = [name for name, is_there in signs.items() if is_there]
    if demo and found:
        raise ImproperlyConfigured(
            f"DRIEHOEK_DEMO lets anybody step into any role. Not with: {', '.join(found)}."
        )


def _holds_real_people(data: Path) -> bool:
    mark = data / "kind"
    return mark.is_file() and mark.read_text().strip() == "real"


def _as_mail_server(value: str, **_: object) -> dict[str, object]:
    kind = value.partition("://")[0]
    if kind not in MAIL or "://" not in value:
        raise EnvError(f"must begin with {', '.join(f'{known}://' for known in MAIL)}")
    return dj_email_url.parse(value)


def _as_networks(value: str, **_: object) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(part.strip()) for part in value.split(",") if part.strip())
    except ValueError as error:
        raise EnvError("must be networks such as 192.168.1.0/24, split by commas") from error


def _as_keys(value: str, **_: object) -> tuple[bytes, ...]:
    try:
        keys = tuple(
            base64.b64decode(part.strip(), validate=True) for part in value.split(",") if part.strip()
        )
    except binascii.Error as error:
        raise EnvError("must be base64, or several in base64 split by commas") from error
    if not keys or any(len(key) != 32 for key in keys):
        raise EnvError("must hold 32 bytes in base64, or several such keys split by commas")
    return keys
