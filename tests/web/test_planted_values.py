"""NIP, telephone and e-mail are planted in everybody, then every page and file is searched for them.

A new address is searched by itself: it comes out of the URL map and the permission table. Each is opened by the
first of EYES who may, so by whoever may know least.
"""

from __future__ import annotations

import io
import zipfile

import pytest
from flask import Flask

from tests.factories.house import House
from tests.web.permission_table import TABLE

NIP = "19860926201505{:04}"
PHONE = "+62811{:07}"
MAIL = "rahasia{}@tanam.example"
# Who may read addresses and telephones of others: nobody but those whose task it is to reach people.
EYES = {
    "visitor": (NIP, PHONE, MAIL),
    "stranger": (NIP, PHONE, MAIL),
    "juror": (NIP, PHONE, MAIL),
    "auditor": (NIP, PHONE),
    "organizer": (NIP,),
    "admin": (NIP, PHONE),
}
# Pages of one's own, on which one's own values stand.
OWN = {"accounts.profile", "privacy.own", "privacy.download", "accounts.change_email"}


def plant(house: House) -> dict[str, int]:
    """Values that occur nowhere else, by person."""
    numbers = {}
    with house.at_hand() as world:
        for number, (name, user) in enumerate(world.users.items(), 1):
            user.nip, user.phone, user.email = NIP.format(number), PHONE.format(number), MAIL.format(number)
            numbers[name] = number
    return numbers


def texts_of(content: bytes) -> str:
    """What an answer says; archives and workbooks are opened."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "ignore")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(texts_of(archive.read(name)) for name in archive.namelist())


def find_planted(text: str, values: list[str]) -> list[str]:
    """Those of the values that stand in a text, in any of the ways they are written."""
    plain = text.replace(" ", "").replace("-", "").replace("&#43;", "+")
    return [value for value in values if value in text or value.lstrip("+") in plain]


@pytest.mark.usefixtures("typeset_here")
def test_nobody_reads_what_is_not_theirs(app: Flask, house: House) -> None:
    numbers = plant(house)
    found, seen = [], set(OWN)
    for eyes, kinds in EYES.items():
        person = house.browser(eyes)
        values = [kind.format(n) for kind in kinds for name, n in numbers.items() if name != eyes]
        for rule in app.url_map.iter_rules():
            is_open = "GET" in (rule.methods or ()) and eyes in TABLE.get(f"GET {rule.endpoint}", ())
            if not is_open or rule.endpoint in seen:
                continue
            seen.add(rule.endpoint)
            with person.get(house.address(rule)) as answer:
                text = texts_of(answer.data)
            found += [(eyes, rule.endpoint, value) for value in find_planted(text, values)]
    assert len(seen) > 150
    assert not found


def test_the_search_finds_what_is_there() -> None:
    values = [NIP.format(7), PHONE.format(7), MAIL.format(7)]
    assert find_planted("NIP 19860926 201505 0007", values) == values[:1]
    assert find_planted("telepon 62 811-0000-007", values) == values[1:2]
    assert find_planted("<a href='mailto:rahasia7@tanam.example'>", values) == values[2:]
