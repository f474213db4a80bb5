"""Work units and invented people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy import select

from innovate.accounts.models import Employment, SiteRole, Unit, UnitKind, User
from innovate.core import passwords
from innovate.core.db import db
from innovate.demo.domain.cast import BY_KEY, PASSWORD
from innovate.demo.domain.identity import make_address, make_nip, slug
from innovate.demo.domain.names import make_name
from innovate.demo.services.material import read_people, read_units

People = dict[str, User]
_CITY_HOST = "pontianak.example"  # the city's real domain must never get a demo's mail
_SITE_ROLES = {"admin": SiteRole.ADMIN, "panitia": SiteRole.ORGANIZER}
_SCHOOLS = ("Universitas", "Politeknik")


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


@dataclass
class Register:
    """Everybody there is, by key; makes new people where a team lacks some."""

    units: dict[str, Unit]
    since: datetime
    people: People = field(default_factory=dict)
    by_owner: dict[str, list[str]] = field(default_factory=dict)  # unit code or organization -> keys
    outside: set[str] = field(
        default_factory=set
    )  # jurors, mentors and partners written down: they join no team
    _hash: str = ""
    _taken: set[str] = field(default_factory=lambda: {sign_in.email for sign_in in BY_KEY.values()})

    def add(self, rows: Sequence[dict[str, Any]]) -> None:
        """People written as in people.yaml, all with the demo's password."""
        self._hash = self._hash or passwords.hash_password(PASSWORD)
        for row in rows:
            user = User(
                email=_address(row, self._taken),
                password_hash=self._hash,
                password_changed_at=self.since,
                email_verified_at=self.since,
                created_at=self.since,
                is_demo=True,
                **_identity(row, self.units),
            )
            self.people[row["key"]] = user
            self.by_owner.setdefault(row["unit"], []).append(row["key"])
            db.session.add(user)
        db.session.flush()

    def invent(self, owner: str, draw: Random) -> str:
        """One more person of a unit or organization; the key."""
        sex = draw.choice("lp")
        name = make_name(draw, sex, {user.name for user in self.people.values()})
        is_student = owner.startswith(_SCHOOLS)
        position = ("Mahasiswi" if sex == "p" else "Mahasiswa") if is_student else "Anggota Tim"
        row: dict[str, Any] = {
            "key": slug(name),
            "name": name,
            "title_before": None,
            "title_after": None,
            "kind": "pppk" if owner in self.units else "non_asn",
            "sex": sex,
            "unit": owner,
            "position": "Penata Layanan Operasional" if owner in self.units else position,
            "skills": [],
            "cast": "student" if is_student else "partner",
        }
        self.add([row])
        return str(row["key"])


def load_people(units: dict[str, Unit], *, since: datetime) -> Register:
    """Everybody in people.yaml as a user."""
    register = Register(units, since)
    rows = read_people()
    register.add(rows)
    register.outside.update(row["key"] for row in rows if row.get("cast"))
    return register


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
    if row["unit"].startswith(_SCHOOLS):
        return Employment.ACADEMIC
    if row["unit"].startswith(("Yayasan", "Perkumpulan")):
        return Employment.COMMUNITY
    return Employment.PRIVATE if row["unit"].startswith(("PT ", "Harian", "Inkubator")) else Employment.OTHER


def _address(row: dict[str, Any], taken: set[str]) -> str:
    if sign_in := BY_KEY.get(row["key"]):
        return sign_in.email
    host = _CITY_HOST if row["kind"] != "non_asn" else f"{slug(row['unit'])[:40]}.example"
    return make_address(row["name"], host, taken)
