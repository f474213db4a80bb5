"""How people come to belong to an organisation, and how that ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from innovate.accounts.models import User
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.partners import policy
from innovate.partners.domain.addresses import belongs
from innovate.partners.domain.kinds import Stage
from innovate.partners.models.organisations import Organisation, OrganisationMember
from innovate.partners.queries import organisations as queries
from innovate.partners.services.trail import note, tell

# Features above append functions here: a new member may make conflicts of interest. (person's key, actor's key, when)
after_member_verified: list[Callable[[int, int, datetime], None]] = []

_HERE = _l("Anda sudah menjadi anggota organisasi ini, atau permintaan Anda masih menunggu.")


def verifies_at_once(user: User, organisation: Organisation) -> bool:
    """Whether the person's own, verified address says where they belong."""
    return user.email_verified_at is not None and belongs(user.email, organisation.domains)


def ask_to_belong(user: User, organisation: Organisation, *, text: str, at: datetime) -> OrganisationMember:
    """Ask to be a member: at once with an address of the organisation, otherwise its managers answer."""
    require(policy.is_public(organisation), NotFound())
    require(
        user.email_verified_at is not None,
        Refused(_l("Verifikasi dahulu alamat surel Anda lewat tautan yang kami kirim.")),
    )
    held = locked(Organisation, organisation.id)
    at_once = verifies_at_once(user, held)
    row = _add(
        held,
        user,
        Stage.ACCEPTED if at_once else Stage.PENDING,
        by="domain" if at_once else "",
        text=text,
        at=at,
    )
    if at_once:
        _verified("partner_member.join", user.id, row, at)
        return row
    note("partner_member.ask", user.id, row, at, subject_id=user.id)
    tell(
        "partner_request",
        queries.list_managers(held.id),
        at,
        cause=f"partner_member:{row.id}",
        path=f"/mitra/{held.slug}/kelola",
        person=user.full_name,
        organisation=held.name,
        message=text,
    )
    return row


def join_by_link(user: User, nonce: str, *, at: datetime) -> Organisation:
    """Become a member with the organisation's link; an open request is answered by it."""
    organisation = locked(Organisation, queries.get_by_link(nonce).id)
    require(organisation.invite_nonce == nonce, NotFound())
    require(
        user.email_verified_at is not None,
        Refused(_l("Verifikasi dahulu alamat surel Anda lewat tautan yang kami kirim.")),
    )
    row = queries.find_membership(organisation.id, user.id)
    if row is None:
        row = _add(organisation, user, Stage.ACCEPTED, by="link", text="", at=at)
    else:
        require(row.state is Stage.PENDING, Refused(_HERE))
        row.state, row.by, row.decided_at = Stage.ACCEPTED, "link", at
    _verified("partner_member.join", user.id, row, at)
    return organisation


def answer_member(
    user: User, organisation: Organisation, member_id: str, *, accept: bool, at: datetime
) -> OrganisationMember:
    """A manager takes a person in or declines."""
    _require_manages(user, organisation)
    row = locked(OrganisationMember, queries.get_member(organisation.id, member_id).id)
    require(row.state is Stage.PENDING, Refused(_l("Permintaan ini sudah dijawab.")))
    row.state = Stage.ACCEPTED if accept else Stage.DECLINED
    row.decided_by_id, row.decided_at, row.by = user.id, at, "manager"
    if accept:
        _verified("partner_member.accept", user.id, row, at)
    else:
        note("partner_member.decline", user.id, row, at, subject_id=row.user_id)
    tell(
        "partner_answer",
        [db.session.get_one(User, row.user_id)],
        at,
        cause=f"partner_member:{row.id}:answer",
        path=f"/mitra/{organisation.slug}",
        organisation=organisation.name,
        accepted=accept,
    )
    return row


def set_manager(
    user: User, organisation: Organisation, member_id: str, *, manages: bool, at: datetime
) -> OrganisationMember:
    """Let a member speak for the organisation, or no longer. One manager always stays."""
    _require_manages(user, organisation)
    locked(Organisation, organisation.id)  # two managers leave one after the other
    row = locked(OrganisationMember, queries.get_member(organisation.id, member_id).id)
    require(row.state is Stage.ACCEPTED, NotFound())
    if row.is_manager == manages:
        return row
    if not manages:
        _require_another(organisation, row)
    row.is_manager = manages
    note("partner_member.manager", user.id, row, at, after={"manager": manages}, subject_id=row.user_id)
    return row


def leave(user: User, organisation: Organisation, *, at: datetime) -> None:
    """No longer belong, or take the request back."""
    locked(Organisation, organisation.id)
    row = queries.find_membership(organisation.id, user.id)
    if row is None:
        raise NotFound
    _end(row, organisation, "partner_member.leave", user.id, at)


def remove_member(user: User, organisation: Organisation, member_id: str, *, at: datetime) -> None:
    """A manager ends somebody's membership."""
    _require_manages(user, organisation)
    locked(Organisation, organisation.id)
    row = queries.get_member(organisation.id, member_id)
    require(row.state is Stage.ACCEPTED, NotFound())
    _end(row, organisation, "partner_member.remove", user.id, at)


def _end(
    row: OrganisationMember, organisation: Organisation, action: str, actor_id: int, at: datetime
) -> None:
    if row.is_manager:
        _require_another(organisation, row)
    row.state, row.left_at, row.is_manager = Stage.WITHDRAWN, at, False
    note(action, actor_id, row, at, subject_id=row.user_id)


def _require_another(organisation: Organisation, row: OrganisationMember) -> None:
    others = [person for person in queries.list_managers(organisation.id) if person.id != row.user_id]
    require(
        bool(others),
        Refused(_l("Pengelola terakhir tidak dapat dilepas. Tunjuk dahulu pengelola lain.")),
    )


def _require_manages(user: User, organisation: Organisation) -> None:
    require(policy.can_manage(user, queries.find_membership(organisation.id, user.id)), NotFound())


def _add(
    organisation: Organisation, user: User, state: Stage, *, by: str, text: str, at: datetime
) -> OrganisationMember:
    require(queries.find_membership(organisation.id, user.id) is None, Refused(_HERE))
    row = OrganisationMember(
        organisation_id=organisation.id,
        user_id=user.id,
        state=state,
        by=by,
        note=text,
        asked_at=at,
        decided_at=at if state is Stage.ACCEPTED else None,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as error:
        raise Refused(_HERE) from error
    return row


def _verified(action: str, actor_id: int, row: OrganisationMember, at: datetime) -> None:
    db.session.flush()
    note(action, actor_id, row, at, after={"by": row.by}, subject_id=row.user_id)
    for listener in after_member_verified:
        listener(row.user_id, actor_id, at)
