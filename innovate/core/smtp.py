"""Sending mail by SMTP, as MAIL_URL says.

smtp://user:password@host:587    STARTTLS where the server offers it; with a password it must (except on this machine)
smtps://user:password@host:465   TLS from the first byte
smtp://host:25?starttls=never    plain, for a relay on the same network
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

_SECONDS = 20
_HERE = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    implicit_tls: bool = False
    starttls: bool = True

    @property
    def needs_tls(self) -> bool:
        """Whether a password would otherwise travel in the open."""
        return bool(self.user) and not self.implicit_tls and self.starttls and self.host not in _HERE


def parse_mail_url(url: str) -> MailServer:
    """The server a MAIL_URL names; ValueError with the reason if it names none."""
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("MAIL_URL must look like smtp://user:password@host:587 or smtps://…")
    implicit = parts.scheme == "smtps"
    return MailServer(
        host=parts.hostname,
        port=parts.port or (465 if implicit else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        implicit_tls=implicit,
        starttls=parse_qs(parts.query).get("starttls", [""])[0] != "never",
    )


class SendError(Exception):
    """A mail was not taken; `permanent` says that trying again is of no use."""

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        super().__init__(reason)
        self.permanent = permanent


class Connection:
    """An open connection that mails can be handed to, one after another."""

    def __init__(self, client: smtplib.SMTP) -> None:
        self._client = client

    def send(self, message: EmailMessage) -> None:
        """Hand over one mail to its one recipient; SendError if the server does not take it."""
        try:
            self._client.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            code, reason = next(iter(error.recipients.values()))
            raise SendError(_words(code, reason), permanent=code >= 500) from error
        except smtplib.SMTPResponseException as error:
            raise SendError(
                _words(error.smtp_code, error.smtp_error), permanent=error.smtp_code >= 500
            ) from error
        except (OSError, smtplib.SMTPException) as error:
            raise SendError(str(error) or type(error).__name__) from error


@contextmanager
def connected(server: MailServer) -> Iterator[Connection]:
    """A connection for the block; SendError if the server cannot be reached or refuses the password."""
    try:
        client = _connect(server)
    except (OSError, smtplib.SMTPException) as error:
        raise SendError(f"{server.host}:{server.port}: {error}") from error
    try:
        yield Connection(client)
    finally:
        _quit(client)


def _connect(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    client: smtplib.SMTP
    if server.implicit_tls:
        client = smtplib.SMTP_SSL(server.host, server.port, timeout=_SECONDS, context=context)
    else:
        client = smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
    try:
        client.ehlo_or_helo_if_needed()
        if not server.implicit_tls and server.starttls and client.has_extn("starttls"):
            client.starttls(context=context)
            client.ehlo()
        elif server.needs_tls:
            raise smtplib.SMTPException("the server offers no STARTTLS, so the password was not sent")
        if server.user:
            client.login(server.user, server.password)
    except BaseException:
        client.close()
        raise
    return client


def _quit(client: smtplib.SMTP) -> None:
    try:
        client.quit()
    except (OSError, smtplib.SMTPException):
        client.close()


def _words(code: int, reason: bytes | str) -> str:
    text = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason
    return f"{code} {text}"
