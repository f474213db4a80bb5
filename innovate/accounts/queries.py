"""Reading people and units."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import bindparam, exists, func, or_, select
from sqlalchemy.orm import joinedload

from innovate.accounts.domain import tree
from innovate.accounts.domain.limits import KNOWN_FOR, Place
from innovate.accounts.domain.unit_import import UnitRow
from innovate.accounts.models import Attempt, KeptForm, SiteRole, Unit, User, UserSession
from innovate.audit.queries import names_by
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.core.paging import Page, paginate

MOST_FOUND = 1000
# Asked by every request: written once, so that its text is not put together anew each time.
_BY_SESSION = (
    select(User)
    .join(UserSession, UserSession.user_id == User.id)
    .where(
        UserSession.token_hash == bindparam("digest"),
        UserSession.revoked_at.is_(None),
        UserSession.expires_at > bindparam("now"),
        User.disabled_at.is_(None),
    )
    .options(joinedload(User.unit))
)


def find_user(public_id: str) -> User | None:
    """The person with this public id."""
    return db.session.scalar(select(User).where(User.public_id == public_id))


def find_user_by_email(email: str) -> User | None:
    """The person with this address, whatever its case."""
    return db.session.scalar(select(User).where(User.email == email.strip().lower()))


def find_user_by_session(token: str, now: datetime) -> User | None:
    """The active person whose living session this token opens, with the unit."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    user = db.session.scalar(_BY_SESSION, {"digest": digest, "now": now})
    if user:
        user.session_token = token  # type: ignore[attr-defined]
    return user


def list_sessions(user: User, now: datetime) -> list[UserSession]:
    """Devices the person is signed in on, newest first."""
    query = select(UserSession).where(
        UserSession.user_id == user.id, UserSession.revoked_at.is_(None), UserSession.expires_at > now
    )
    return list(db.session.scalars(query.order_by(UserSession.created_at.desc(), UserSession.id.desc())))


def is_known_device(place: Place, at: datetime) -> bool:
    """Whether somebody signed in to this account on this device before."""
    if not place.device:
        return False
    found = exists().where(
        Attempt.purpose == "sign_in",
        Attempt.account == place.account,
        Attempt.address == place.device,
        Attempt.succeeded,
        Attempt.at > at - KNOWN_FOR,
    )
    return bool(db.session.scalar(select(found)))


def list_failures(purpose: str, account: str, *, since: datetime, address: str = "") -> list[datetime]:
    """When attempts at the account failed: all of them, or those at one place since the last success there."""
    mine = (Attempt.purpose == purpose, Attempt.account == account, Attempt.at > since)
    query = select(Attempt.at).where(*mine, Attempt.succeeded.is_(False))
    if address:
        success = select(Attempt.id).where(*mine, Attempt.address == address, Attempt.succeeded)
        last = success.order_by(Attempt.id.desc()).limit(1).scalar_subquery()
        query = query.where(Attempt.address == address, Attempt.id > func.coalesce(last, 0))
    return list(db.session.scalars(query))


def list_successes(purpose: str, account: str, *, since: datetime) -> list[datetime]:
    """When attempts at the account succeeded."""
    query = select(Attempt.at).where(
        Attempt.purpose == purpose, Attempt.account == account, Attempt.at > since, Attempt.succeeded
    )
    return list(db.session.scalars(query))


def list_units() -> list[tuple[int, Unit]]:
    """Every unit with its depth, in the order of the tree."""
    units = db.session.scalars(select(Unit))
    return tree.arrange(
        units, key=lambda unit: unit.id, parent=lambda unit: unit.parent_id, order=lambda unit: unit.name
    )


def list_unit_choices(today: date, *, keep: int | None = None) -> list[tuple[int, str]]:
    """Open units as choices of a form, children indented below their parents; `keep` stays although closed."""
    return [
        (unit.id, "\u2003" * depth + unit.name)
        for depth, unit in list_units()
        if unit.is_open(today) or unit.id == keep
    ]


def map_users(ids: Collection[int]) -> dict[int, User]:
    """People by key."""
    if not ids:
        return {}
    return {user.id: user for user in db.session.scalars(select(User).where(User.id.in_(ids)))}


def list_user_ids(search: str) -> list[int]:
    """Keys of people whose name or address holds the text."""
    found = or_(*(c.icontains(search, autoescape=True) for c in (User.name, User.email)))
    return list(db.session.scalars(select(User.id).where(found).limit(MOST_FOUND)))


def name_users(keys: Collection[str]) -> dict[str, str]:
    """Full names by key, for the trail."""
    people = map_users([int(key) for key in keys if key.isdecimal() and len(key) < 10])
    return {str(key): user.full_name for key, user in people.items()}


def name_units(codes: Collection[str]) -> dict[str, str]:
    """Names of units by code, for the trail."""
    return dict(db.session.execute(select(Unit.code, Unit.name).where(Unit.code.in_(codes))).tuples().all())


TRAIL_NAMES = {"user": name_users, "unit": name_units, "unit_key": names_by(Unit.id, Unit.name)}


def find_unit(code: str) -> Unit | None:
    """The unit with this code."""
    return db.session.scalar(select(Unit).where(Unit.code == code))


def get_unit(code: str) -> Unit:
    """The unit with this code, or NotFound."""
    unit = find_unit(code)
    if unit is None:
        raise NotFound
    return unit


def list_unit_rows() -> dict[str, UnitRow]:
    """Every unit by its code, as an import sees it, in the order of the tree."""
    units = [unit for _, unit in list_units()]
    codes = {unit.id: unit.code for unit in units}
    return {
        unit.code: UnitRow(
            unit.code,
            unit.name,
            unit.short_name,
            unit.kind.value,
            codes.get(unit.parent_id) if unit.parent_id else None,
            unit.valid_from,
            unit.valid_until,
        )
        for unit in units
    }


def count_people_by_unit() -> dict[int, int]:
    """How many open accounts belong to each unit."""
    query = select(User.unit_id, func.count()).where(User.unit_id.is_not(None), User.disabled_at.is_(None))
    return {unit_id: count for unit_id, count in db.session.execute(query.group_by(User.unit_id)) if unit_id}


def get_user(public_id: str) -> User:
    """The person with this public id and their unit, or NotFound."""
    query = select(User).where(User.public_id == public_id).options(joinedload(User.unit))
    user = db.session.scalar(query)
    if user is None:
        raise NotFound
    return user


def list_people(
    *,
    search: str = "",
    role: SiteRole | None = None,
    unit_id: int | None = None,
    state: str = "",
    page: int = 1,
) -> Page[User]:
    """People by name with their units; `state` is "", "open", "unconfirmed" or "disabled"."""
    query = select(User).options(joinedload(User.unit)).order_by(User.name, User.id)
    if search:
        query = query.where(or_(*(c.icontains(search, autoescape=True) for c in (User.name, User.email))))
    if role:
        query = query.where(User.site_role == role)
    if unit_id:
        query = query.where(User.unit_id == unit_id)
    conditions = {
        "open": (User.disabled_at.is_(None), User.email_verified_at.is_not(None)),
        "unconfirmed": (User.disabled_at.is_(None), User.email_verified_at.is_(None)),
        "disabled": (User.disabled_at.is_not(None),),
    }
    return paginate(query.where(*conditions.get(state, ())), page=page)


def list_demo_accounts() -> list[User]:
    """The demo's people."""
    return list(db.session.scalars(select(User).where(User.is_demo)))


def count_demo_accounts() -> int:
    """How many demo accounts could still be signed in to."""
    query = select(func.count()).select_from(User).where(User.is_demo, User.disabled_at.is_(None))
    return db.session.scalar(query) or 0


def find_kept_form(owner: str, path: str) -> KeptForm | None:
    """What a person (by public id) left on the page at this path."""
    query = select(KeptForm).join(User, User.id == KeptForm.user_id)
    return db.session.scalar(query.where(User.public_id == owner, KeptForm.path == path))


def list_kept_forms(user_id: int) -> list[KeptForm]:
    """Everything a person typed and could not send, the latest first."""
    query = (
        select(KeptForm).where(KeptForm.user_id == user_id).order_by(KeptForm.at.desc(), KeptForm.id.desc())
    )
    return list(db.session.scalars(query))


def count_kept_forms(user_id: int) -> int:
    """How many texts of a person wait."""
    return db.session.scalar(select(func.count()).where(KeptForm.user_id == user_id)) or 0
