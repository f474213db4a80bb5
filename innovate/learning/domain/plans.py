"""What makers type: an activity, a session with who speaks, a thing to hand out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from innovate.learning.domain.kinds import ActivityKind, Audience

_MOST_SPEAKERS = 20


@dataclass(frozen=True)
class Draft:
    """What makers say of an activity. `units` are codes, `skills` public ids; `capacity` None: no limit."""

    kind: ActivityKind
    title: str
    summary: str = ""
    description: str = ""
    host: str = ""
    contact: str = ""
    zone: str = "Asia/Pontianak"
    audience: Audience = Audience.ALL
    units: Sequence[str] = ()
    skills: Sequence[str] = ()
    capacity: int | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    gives_certificate: bool = True
    min_share: int = 80


@dataclass(frozen=True)
class Voice:
    """Who speaks: by name, with an account where `email` belongs to one."""

    name: str
    title: str = ""
    email: str = ""


@dataclass(frozen=True)
class Plan:
    """One session as it was typed. `pause`: minutes."""

    title: str
    starts_at: datetime
    ends_at: datetime
    pause: int = 0
    room: str = ""
    link: str = ""
    speakers: Sequence[Voice] = ()


@dataclass(frozen=True)
class Sent:
    """An uploaded file: its name and its bytes (one more than `max_bytes` if it was larger)."""

    filename: str
    content: bytes
    max_bytes: int


@dataclass(frozen=True)
class Offer:
    """What is said of a material. `session`: a public id, or empty for the whole activity."""

    title: str
    is_public: bool = False
    session: str = ""
    link: str = ""
    file: Sent | None = None


def read_voices(text: str) -> list[Voice]:
    """Speakers, one a line: name; title; address. What has an @ is the address wherever it stands, and never shown.

    Two on a line are one that nobody has, which is said where it is looked up.
    """
    found = []
    for line in text.splitlines():
        parts = [part.strip() for part in re.split(r"[;\t]", line, maxsplit=2)]
        address = "; ".join(part for part in parts if "@" in part)
        name, title = (*(part for part in parts if "@" not in part and (part or address)), "", "")[:2]
        if name or address:
            found.append(Voice(name[:160], title[:160], address[:254]))
    return found[:_MOST_SPEAKERS]
