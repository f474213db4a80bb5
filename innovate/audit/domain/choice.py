"""What of the trail somebody wants to see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

NAMES = ("orang", "jenis", "id", "sejak", "sampai")


@dataclass(frozen=True)
class TrailFilter:
    """`kind` and `key` of the thing acted on, and a span of time; `who` is a piece of a name or an address."""

    who: str = ""
    kind: str = ""
    key: str = ""
    since: datetime | None = None
    until: datetime | None = None


EVERYTHING = TrailFilter()


def chosen_args(args: Mapping[str, str]) -> dict[str, str]:
    """What was chosen, for links that keep it."""
    texts = {name: args.get(name, "").strip()[:100] for name in NAMES}
    return {name: text for name, text in texts.items() if text}


def read_filter(args: Mapping[str, str], zone: str) -> TrailFilter:
    """The filter out of an address; what is no date counts as none. Days begin and end in `zone`."""
    texts = chosen_args(args)
    return TrailFilter(
        who=texts.get("orang", ""),
        kind=texts.get("jenis", ""),
        key=texts.get("id", ""),
        since=_day(texts.get("sejak", ""), zone),
        until=_day(texts.get("sampai", ""), zone, days=1),
    )


def _day(text: str, zone: str, days: int = 0) -> datetime | None:
    """The beginning of a day (`days` later)."""
    try:
        return datetime.combine(date.fromisoformat(text), time(), ZoneInfo(zone)) + timedelta(days=days)
    except (ValueError, OverflowError):
        return None
