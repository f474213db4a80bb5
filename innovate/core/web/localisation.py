"""Language, time zone, and how dates and numbers are written."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_timedelta
from babel.numbers import format_decimal
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, get_locale
from flask_login import current_user

from innovate.core import clock
from innovate.core.numbers import WIDE, round_half_up

_ZONE_NAMES = {
    "Asia/Pontianak": "WIB",
    "Asia/Jakarta": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}
babel = Babel()


def init_localisation(app: Flask) -> None:
    """Load one catalogue per feature; install the filters templates use."""
    folders = sorted(p for p in (Path(app.root_path) / "translations").glob("*") if p.is_dir())
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(map(str, folders)) or "translations"
    babel.init_app(app, locale_selector=select_locale, default_timezone=app.config["BABEL_DEFAULT_TIMEZONE"])
    app.jinja_env.filters.update(
        datetime=show_datetime,
        date=show_date,
        shortdate=show_short_date,
        daterange=show_range,
        time=show_time,
        number=show_number,
        ago=show_ago,
    )


def select_locale() -> str:
    """The person's choice, else the visitor's cookie, else Indonesian."""
    if forced := g.get("locale"):
        return str(forced)
    allowed = current_app.config["LANGUAGES"]
    if not has_request_context():
        return str(current_app.config["BABEL_DEFAULT_LOCALE"])
    chosen = str(getattr(current_user, "locale", None) or request.cookies.get("lang"))
    return chosen if chosen in allowed else str(current_app.config["BABEL_DEFAULT_LOCALE"])


def select_theme() -> str:
    """light, dark or auto (follow the device)."""
    chosen = getattr(current_user, "theme", None) or request.cookies.get("theme")
    return chosen if chosen in {"light", "dark", "auto"} else "auto"


def _locale() -> Locale:
    return get_locale() or Locale("id")


def _zone(zone: str | None) -> ZoneInfo:
    return ZoneInfo(zone or current_app.config["BABEL_DEFAULT_TIMEZONE"])


def zone_name(zone: str | None = None) -> str:
    """WIB, WITA, WIT, or the zone's own abbreviation."""
    key = zone or current_app.config["BABEL_DEFAULT_TIMEZONE"]
    return _ZONE_NAMES.get(key) or clock.now().astimezone(ZoneInfo(key)).tzname() or key


def show_datetime(value: datetime | None, zone: str | None = None) -> str:
    """`Senin, 23 November 2026 pukul 09.30 WIB`, `Monday, 23 November 2026, 09:30 WIB`."""
    if value is None:
        return ""
    local = value.astimezone(_zone(zone))
    joiner = " pukul " if _locale().language == "id" else ", "
    return f"{format_date(local, 'EEEE, d MMMM y', locale=_locale())}{joiner}{show_time(value, zone)}"


def show_time(value: datetime | None, zone: str | None = None) -> str:
    """`09.30 WIB` in Indonesian, `09:30 WIB` in English."""
    if value is None:
        return ""
    mark = "." if _locale().language == "id" else ":"
    return f"{value.astimezone(_zone(zone)).strftime(f'%H{mark}%M')} {zone_name(zone)}"


def show_date(value: datetime | date | None, zone: str | None = None) -> str:
    """`Senin, 23 November 2026`."""
    return "" if value is None else format_date(_day(value, zone), "EEEE, d MMMM y", locale=_locale())


def show_short_date(value: datetime | date | None, zone: str | None = None) -> str:
    """`23 Nov 2026`."""
    return "" if value is None else format_date(_day(value, zone), "d MMM y", locale=_locale())


def show_range(start: datetime, end: datetime, zone: str | None = None) -> str:
    """Days from an instant to one that no longer counts: `2 s.d. 27 Nov 2026`, `23 Nov 2026`."""
    first, last = _day(start, zone), _day(end - timedelta(seconds=1), zone)
    if first >= last:
        return str(format_date(first, "d MMM y", locale=_locale()))
    pattern = "d MMM y" if first.year != last.year else "d MMM" if first.month != last.month else "d"
    joiner = " s.d. " if _locale().language == "id" else " – "
    return joiner.join(format_date(d, p, locale=_locale()) for d, p in ((first, pattern), (last, "d MMM y")))


def _day(value: datetime | date, zone: str | None) -> date:
    return value.astimezone(_zone(zone)).date() if isinstance(value, datetime) else value


def show_number(value: float | Decimal | None, places: int | None = None) -> str:
    """`1.234,50` in Indonesian with two places; without `places` as many as the value has, up to 4."""
    if value is None:
        return "–"
    pattern = "#,##0.####" if places is None else "#,##0" + ("." + "0" * places if places else "")
    rounded = round_half_up(value, 4 if places is None else places)
    with localcontext(WIDE):  # somebody may have typed thirty digits
        return str(format_decimal(rounded, pattern, locale=_locale()))


def show_ago(value: datetime | None) -> str:
    """`3 jam yang lalu`, `dalam 2 hari`. This very second is a second ago, not in zero seconds."""
    if value is None:
        return ""
    distance = value - clock.now()
    if abs(distance) < timedelta(seconds=1):
        distance = timedelta(seconds=-1)
    return str(format_timedelta(distance, add_direction=True, locale=_locale()))


def template_values() -> dict[str, Any]:
    """What every template knows besides Flask's own."""
    return {"now": clock.now(), "locale": _locale().language, "theme": select_theme(), "zone_name": zone_name}
