"""People of past years: names of three words, so that they take no name from those invented for the present."""

from __future__ import annotations

from datetime import datetime
from random import Random

from innovate.accounts.models import Employment, Unit, User
from innovate.core.db import db
from innovate.demo.domain.identity import make_nip, slug
from innovate.demo.domain.names import make_name

_HOST = "pontianak.example"
_MIDDLE = (
    "Anugerah",
    "Cahaya",
    "Kencana",
    "Mentari",
    "Permata",
    "Prasetya",
    "Purnama",
    "Samudra",
    "Utama",
    "Wira",
)


def invent_people(unit: Unit, count: int, draw: Random, *, since: datetime) -> list[User]:
    """So many people of the unit, without a password: nobody signs in as them."""
    people = []
    for _n in range(count):
        sex = draw.choice("lp")
        given, family = make_name(draw, sex, ()).split()
        name = f"{given} {draw.choice(_MIDDLE)} {family}"
        key = f"{slug(name)}-{draw.randint(100, 999)}-{unit.code}"
        employment = draw.choice((Employment.PNS, Employment.PNS, Employment.PPPK))
        people.append(
            User(
                email=f"{slug(name).replace('-', '.')}.{draw.randint(1000, 9999)}@{_HOST}",
                email_verified_at=since,
                name=name,
                employment=employment,
                unit_id=unit.id,
                position="Penata Layanan Operasional",
                nip=make_nip(key, employment.value, sex),
                created_at=since,
                is_demo=True,
            )
        )
    db.session.add_all(people)
    db.session.flush()
    return people
