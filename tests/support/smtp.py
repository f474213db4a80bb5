"""A real SMTP server that keeps what it receives."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


@dataclass(frozen=True)
class Mail:
    """One delivered mail: its envelope and the message as a reader would parse it."""

    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage

    @property
    def subject(self) -> str:
        """The subject line, decoded."""
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        """The plain text part."""
        part = self.message.get_body(("plain",))
        return "" if part is None else str(part.get_content())

    @property
    def html(self) -> str:
        """The HTML part."""
        part = self.message.get_body(("html",))
        return "" if part is None else str(part.get_content())


class Postbox:
    """What the server received, and how it shall misbehave next."""

    def __init__(self) -> None:
        self.url = ""
        self._mails: list[Mail] = []
        self._refusals: list[str] = []
        self._changed = threading.Condition()

    @property
    def mails(self) -> list[Mail]:
        """Everything received so far, oldest first."""
        with self._changed:
            return list(self._mails)

    def to(self, address: str) -> list[Mail]:
        """What one address received."""
        return [mail for mail in self.mails if address in mail.recipients]

    def refuse_next(self, count: int = 1, reply: str = "451 4.3.0 try again later") -> None:
        """Answer the next messages with an error instead of taking them."""
        with self._changed:
            self._refusals.extend([reply] * count)

    def wait(self, address: str, count: int = 1, seconds: float = 20) -> list[Mail]:
        """Wait until an address has received `count` mails; AssertionError if it does not happen."""
        deadline = time.monotonic() + seconds
        with self._changed:
            while len(found := [mail for mail in self._mails if address in mail.recipients]) < count:
                if not self._changed.wait(deadline - time.monotonic()):
                    raise AssertionError(f"{address} received {len(found)} mails, not {count}")
        return found

    def clear(self) -> None:
        """Forget what was received."""
        with self._changed:
            self._mails.clear()
            self._refusals.clear()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Take one message (called by the server)."""
        with self._changed:
            if self._refusals:
                return self._refusals.pop(0)
            message = message_from_bytes(envelope.content, policy=policy.default)
            self._mails.append(Mail(envelope.mail_from, tuple(envelope.rcpt_tos), message))
            self._changed.notify_all()
        return "250 OK"


class _AnyPort(Controller):
    """aiosmtpd's controller on a port the system chooses."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def postbox() -> Iterator[Postbox]:
    """Run the server for the block."""
    box = Postbox()
    controller = _AnyPort(box, hostname="127.0.0.1", port=0)
    controller.start()
    box.url = f"smtp://127.0.0.1:{controller.port}"
    try:
        yield box
    finally:
        controller.stop()
