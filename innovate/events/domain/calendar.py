"""A calendar file (RFC 5545) of an event's phases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

_FOLD = 75  # octets a line may have, without its line break


@dataclass(frozen=True)
class Entry:
    """One span in the calendar. `uid` never changes; `sequence` rises with every moved deadline."""

    uid: str
    summary: str
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    sequence: int = 0
    description: str = ""
    location: str = ""
    url: str = ""


def build_calendar(name: str, entries: Iterable[Entry]) -> bytes:
    """The file's bytes: UTC instants, escaped texts, folded lines, CRLF."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Innovate//Phases//ID",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escape(name)}",
    ]
    for entry in entries:
        lines += _event(entry)
    lines.append("END:VCALENDAR")
    return "".join(fold(line) + "\r\n" for line in lines).encode()


def _event(entry: Entry) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escape(entry.uid)}",
        f"DTSTAMP:{stamp(entry.changed_at)}",
        f"LAST-MODIFIED:{stamp(entry.changed_at)}",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTART:{stamp(entry.starts_at)}",
        f"DTEND:{stamp(entry.ends_at)}",
        f"SUMMARY:{escape(entry.summary)}",
    ]
    if entry.description:
        lines.append(f"DESCRIPTION:{escape(entry.description)}")
    if entry.location:
        lines.append(f"LOCATION:{escape(entry.location)}")
    if entry.url:
        lines.append(f"URL:{entry.url}")
    return [*lines, "TRANSP:TRANSPARENT", "END:VEVENT"]


def stamp(instant: datetime) -> str:
    """`20261127T165900Z`."""
    return instant.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escape(text: str) -> str:
    """TEXT of RFC 5545: backslash, semicolon, comma and line breaks escaped; other control characters dropped."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(c for c in text if c == "\t" or ord(c) >= 32)


def fold(line: str) -> str:
    """Lines of at most 75 octets, continued after a space, never cut inside a character."""
    parts, used, current = [], 0, ""
    for char in line:
        size = len(char.encode())
        if used + size > _FOLD:
            parts.append(current)
            current, used = " ", 1
        current += char
        used += size
    return "\r\n".join([*parts, current])
