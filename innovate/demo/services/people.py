"""Work units and invented people."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from innovate.accounts.models import Employment, SiteRole, Unit, UnitKind, User
from innovate.core import passwords
from innovate.core.db import db
from innovate.demo.domain.cast import BY_KEY, PASSWORD
from innovate.demo.domain.identity import make_address, make_nip, slug
from innovate.demo.services.material import read_people, read_units

People = dict[str, User]
_CITY_HOST = "pontianak.example"  # the city's real domain must never get a demo's mail
_SITE_ROLES = {"admin": SiteRole.ADMIN, "panitia": SiteRole.ORGANIZER}


def load_units() -> dict[str, Unit]:
    """The tree of work units by code; units that exist already are kept as they are."""
    units = {unit.code: unit for unit in db.session.scalars(select(Unit))}
    for row in read_units():
        if row["code"] in units:
            continue
        parent = units.get(row["parent"] or "")
        unit = Unit(
            code=row["code"],
            name=row["name"],
            short_name=row["short_name"] or "",
            kind=UnitKind(row["kind"]),
            parent_id=parent.id if parent else None,
        )
        db.session.add(unit)
        db.session.flush()
        units[unit.code] = unit
    return units


def load_people(units: dict[str, Unit], *, at: datetime) -> People:
    """Everybody in people.yaml as a user, by key, all with the demo's password."""
    shared = passwords.hash_password(PASSWORD)
    taken = {sign_in.email for sign_in in BY_KEY.values()}
    people = {}
    for row in read_people():
        user = User(
            email=_address(row, taken),
            password_hash=shared,
            password_changed_at=at,
            email_verified_at=at,
            created_at=at,
            is_demo=True,
            **_identity(row, units),
        )
        people[row["key"]] = user
    db.session.add_all(people.values())
    db.session.flush()
    return people


def _identity(row: dict[str, Any], units: dict[str, Unit]) -> dict[str, Any]:
    employment = _employment(row)
    unit = units.get(row["unit"])
    sign_in = BY_KEY.get(row["key"])
    return {
        "title_before": row["title_before"] or "",
        "name": row["name"],
        "title_after": row["title_after"] or "",
        "employment": employment,
        "unit_id": unit.id if unit else None,
        "organization": "" if unit else row["unit"],
        "position": row["position"],
        "nip": make_nip(row["key"], row["kind"], row["sex"]) if employment.is_asn else None,
        "skills": row["skills"],
        "site_role": _SITE_ROLES.get(sign_in.name, SiteRole.MEMBER) if sign_in else SiteRole.MEMBER,
    }


def _employment(row: dict[str, Any]) -> Employment:
    if row["kind"] != "non_asn":
        return Employment(row["kind"])
    if row.get("cast") == "student":
        return Employment.STUDENT
    if row["unit"].startswith(("Universitas", "Politeknik")):
        return Employment.ACADEMIC
    if row["unit"].startswith("Yayasan"):
        return Employment.COMMUNITY
    return Employment.PRIVATE if row["unit"].startswith(("PT ", "Harian", "Inkubator")) else Employment.OTHER


def _address(row: dict[str, Any], taken: set[str]) -> str:
    if sign_in := BY_KEY.get(row["key"]):
        return sign_in.email
    host = _CITY_HOST if row["kind"] != "non_asn" else f"{slug(row['unit'])[:40]}.example"
    return make_address(row["name"], host, taken)
