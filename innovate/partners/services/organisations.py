"""Registering organisations, deciding on them, and what they say of themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.accounts.models import User
from innovate.core import storage
from innovate.core.db import db, locked, new_public_id
from innovate.core.emblems import CannotReadError, redraw
from innovate.core.errors import NotFound, Refused, require
from innovate.events.domain.naming import free_name, slugify
from innovate.notifications.queries import count_mails_about
from innovate.notifications.services import enqueue_mail
from innovate.partners import policy
from innovate.partners.domain.addresses import find_wrong_domain, read_domains
from innovate.partners.domain.kinds import OrganisationKind, Stage
from innovate.partners.models.organisations import Organisation, OrganisationMember
from innovate.partners.queries import organisations as queries
from innovate.partners.services.trail import change, note, tell

MOST_BYTES = 4 * 1024 * 1024
RESERVED = frozenset({"baru", "tinjau", "undangan", "saya"})  # other pages stand at these addresses
_MOST_WAITING = 3
_MOST_INVITATIONS = 30  # by mail, of one organisation, in a day: the address is anybody's
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


def require_manager(user: User, organisation: Organisation) -> None:
    """Only whoever speaks for the organisation, and only once it was accepted."""
    member = queries.find_membership(organisation.id, user.id)
    require(policy.can_manage(user, member), NotFound())
    require(
        policy.is_public(organisation),
        Refused(_l("Organisasi ini belum disetujui. Hal ini dapat dilakukan sesudahnya.")),
    )


def register_organisation(
    user: User, *, name: str, kind: OrganisationKind, description: str, website: str, at: datetime
) -> Organisation:
    """Register an organisation; whoever does is its first manager. It is public once it was accepted."""
    require(user.email_verified_at is not None, Refused(_l("Verifikasi dahulu alamat surel Anda.")))
    mine = [row for row in queries.list_waiting() if row.registered_by_id == user.id]
    require(
        len(mine) < _MOST_WAITING,
        Refused(_l("Tiga organisasi yang Anda daftarkan masih menunggu persetujuan. Tunggulah jawabannya.")),
    )
    slug = slugify(name, limit=70) or "mitra"
    organisation = Organisation(
        slug=free_name(slug, queries.list_slugs_like(slug) | RESERVED, limit=80),
        name=name,
        kind=kind,
        description=description,
        website=website,
        domains=[],
        registered_by_id=user.id,
        registered_at=at,
    )
    db.session.add(organisation)
    db.session.flush()
    member = OrganisationMember(
        organisation_id=organisation.id,
        user_id=user.id,
        state=Stage.ACCEPTED,
        is_manager=True,
        by="register",
        asked_at=at,
        decided_at=at,
    )
    db.session.add(member)
    db.session.flush()
    note("organisation.register", user.id, organisation, at, after={"name": name, "kind": kind.value})
    if not policy.can_decide(user):  # whoever may answers at once
        _tell_site(organisation, at)
    return organisation


def _tell_site(organisation: Organisation, at: datetime) -> None:
    tell(
        "partner_registered",
        queries.list_deciders(),
        at,
        cause=f"organisation:{organisation.id}:registered",
        path="/mitra/tinjau",
        organisation=organisation.name,
    )


def decide_organisation(
    user: User, organisation: Organisation, *, accept: bool, reason: str = "", at: datetime
) -> Organisation:
    """Accept an organisation, or decline it with the reason its registrant reads."""
    require(policy.can_decide(user), NotFound())
    held = locked(Organisation, organisation.id)
    require(held.state is Stage.PENDING, Refused(_l("Organisasi ini sudah dijawab.")))
    require(
        accept or bool(reason.strip()),
        Refused(_l("Tuliskan alasannya; pendaftar membacanya."), field="reason"),
    )
    held.state = Stage.ACCEPTED if accept else Stage.DECLINED
    held.reason, held.decided_by_id, held.decided_at = reason.strip(), user.id, at
    action = "organisation.accept" if accept else "organisation.decline"
    note(action, user.id, held, at, after={"reason": held.reason})
    tell(
        "partner_decided",
        queries.list_managers(held.id),
        at,
        cause=f"organisation:{held.id}",
        path=f"/mitra/{held.slug}",
        organisation=held.name,
        accepted=accept,
        reason=held.reason,
    )
    return held


def edit_organisation(
    user: User, organisation: Organisation, values: Mapping[str, Any], *, at: datetime
) -> None:
    """What the public page says. The name of an accepted organisation stays: it was accepted under it.

    What was declined waits for an answer again.
    """
    member = queries.find_membership(organisation.id, user.id)
    require(policy.can_manage(user, member), NotFound())
    held = locked(Organisation, organisation.id)
    allowed = (
        ("description", "website") if held.state is Stage.ACCEPTED else ("name", "description", "website")
    )
    asks_again = held.state is Stage.DECLINED
    wanted = {key: values[key] for key in allowed if key in values}
    before, after = change(held, wanted | ({"state": Stage.PENDING} if asks_again else {}))
    if after:
        note("organisation.update", user.id, held, at, before=before, after=after)
    if asks_again:
        _tell_site(held, at)


def redraw_logo(content: bytes) -> bytes:
    """The uploaded picture written anew; Refused for anything that is none. Slow: before a writing transaction."""
    require(len(content) <= MOST_BYTES, Refused(_l("Gambar itu lebih besar dari 4 MB."), field="file"))
    broken = Refused(_l("Gambar itu tidak dapat dibuka. Pilih PNG atau JPEG."), field="file")
    require(content.startswith(_PICTURES), broken)
    try:
        return redraw(content)
    except CannotReadError as fault:
        raise broken from fault


def save_logo(user: User, organisation: Organisation, drawn: bytes, *, at: datetime) -> None:
    """Show this picture (of `redraw_logo`)."""
    member = queries.find_membership(organisation.id, user.id)
    require(policy.can_manage(user, member), NotFound())
    held = locked(Organisation, organisation.id)
    held.logo_key = storage.save(drawn).key
    note("organisation.logo", user.id, held, at)


def set_domains(user: User, organisation: Organisation, text: str, *, at: datetime) -> list[str]:
    """Whose addresses verify at once. Members from before stay what they are."""
    require(policy.can_set_domains(user), NotFound())
    domains = read_domains(text)
    wrong = find_wrong_domain(domains)
    require(
        wrong is None,
        Refused(
            _l(
                "%(domain)s bukan domain yang dapat menjadi milik satu organisasi.",
                domain=wrong or "",
            ),
            field="domains",
        ),
    )
    held = locked(Organisation, organisation.id)
    before, held.domains = held.domains, domains
    if before != domains:
        note(
            "organisation.domains", user.id, held, at, before={"domains": before}, after={"domains": domains}
        )
    return domains


def rotate_link(user: User, organisation: Organisation, *, at: datetime) -> None:
    """A new invitation link; the old one opens nothing any more."""
    require_manager(user, organisation)
    held = locked(Organisation, organisation.id)
    held.invite_nonce = new_public_id()
    note("organisation.rotate_link", user.id, held, at)


def invite_by_mail(user: User, organisation: Organisation, *, email: str, at: datetime) -> None:
    """Send the invitation link to one address."""
    require_manager(user, organisation)
    locked(Organisation, organisation.id)
    cause = f"organisation:{organisation.id}:invite"
    require(
        count_mails_about(cause, since=at - timedelta(days=1)) < _MOST_INVITATIONS,
        Refused(
            _l(
                "Paling banyak %(n)s undangan sehari. Bagikan tautannya, atau lanjutkan besok.",
                n=_MOST_INVITATIONS,
            ),
            field="email",
        ),
    )
    enqueue_mail(
        "partner_invitation",
        address=email.strip().lower(),
        at=at,
        cause=cause,
        context={
            "organisation": organisation.name,
            "inviter": user.full_name,
            "path": f"/mitra/undangan/{organisation.invite_nonce}",
        },
    )
    note("organisation.invite", user.id, organisation, at, after={"email": email.strip().lower()})
