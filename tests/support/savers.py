"""Jurors who save their ballots over HTTP, each on a connection of its own, and remember what was acknowledged."""

from __future__ import annotations

import http.client
import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}


@dataclass(frozen=True)
class Person:
    """Somebody signed in through the sign-in page: the cookie and the token of their session."""

    cookie: str
    token: str


def sign_in(host: str, email: str, password: str) -> Person:
    """Sign in as a browser does."""
    page, cookie = _exchange(host, "GET", "/masuk", {})
    form = urlencode({"email": email, "password": password, "csrf_token": _token(page)})
    _page, cookie = _exchange(host, "POST", "/masuk", {"Cookie": cookie, **_FORM}, form)
    page, _cookie = _exchange(host, "GET", "/akun", {"Cookie": cookie})
    return Person(cookie, _token(page))


def _exchange(host: str, method: str, path: str, headers: dict[str, str], body: str = "") -> tuple[str, str]:
    connection = http.client.HTTPConnection(host, timeout=30)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    cookies = [value.split(";")[0] for value in answer.headers.get_all("Set-Cookie", [])]
    text = answer.read().decode()
    connection.close()
    return text, "; ".join(cookies) or headers.get("Cookie", "")


def _token(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found, page[:500]
    return found[1]


@dataclass
class Ballot:
    """A ballot as the juror's device knows it: what was acknowledged, and what was last sent."""

    person: Person
    path: str
    criteria: list[int]
    version: int = 0
    sent: int = 0
    refused: list[str] = field(default_factory=list)

    @staticmethod
    def value(save: int) -> int:
        """What the n-th save gives to every criterion: never what the one before gave."""
        return 1 + save % 5

    def save(self, connection: http.client.HTTPConnection) -> bool:
        """Send the save after the last acknowledged one; whether it was acknowledged now."""
        self.sent = self.version + 1
        fields = {f"nilai-{key}": self.value(self.sent) for key in self.criteria}
        notes = {f"catatan-{key}": f"Simpanan ke-{self.sent}" for key in self.criteria}
        body = {**fields, **notes, "comment_team": f"Simpanan ke-{self.sent}", "version": self.version}
        headers = {"Cookie": self.person.cookie, "X-CSRFToken": self.person.token, **_FORM}
        connection.request("POST", self.path, urlencode(body), headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        if answer.status != http.HTTPStatus.OK:
            self.refused.append(f"{answer.status} {text[:300]}")
            return False
        self.version = json.loads(text)["version"]
        return True


def save_all_at_once(
    host: str, ballots: list[Ballot], *, times: int, acknowledged: Callable[[int], None] = lambda _n: None
) -> None:
    """Begin with one save of every ballot at the same moment, each on its own connection, `times` after another.

    `acknowledged` is told how many were, in order. A writer whose connection breaks goes home.
    """
    gate, lock = threading.Barrier(len(ballots)), threading.Lock()
    count = 0

    def write(ballot: Ballot) -> None:
        nonlocal count
        connection = http.client.HTTPConnection(host, timeout=60)
        gate.wait()
        try:
            for _ in range(times):
                if not ballot.save(connection):
                    return
                with lock:
                    count += 1
                    acknowledged(count)
        except (OSError, http.client.HTTPException):
            return
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(ballot,)) for ballot in ballots]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
