"""Challenges: put by an organisation, decided by the event, from then on one of its tracks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.accounts.models import User
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.events.domain.kinds import EventState
from innovate.events.models import Event, Track
from innovate.events.policy import Actor
from innovate.events.queries import get_row
from innovate.events.services.changes import require_change
from innovate.events.services.lists import add_row
from innovate.partners.domain.kinds import Stage
from innovate.partners.models.dealings import Challenge
from innovate.partners.models.organisations import Organisation
from innovate.partners.queries import dealings as queries
from innovate.partners.services.datasets import Sent, drop_file, keep_file
from innovate.partners.services.organisations import require_manager
from innovate.partners.services.trail import change, note, tell, tell_organizers

# Features above append functions here: whoever owns a challenge must not judge its entries.
after_challenge_accepted: list[Callable[[Actor, Challenge, datetime], None]] = []
FIELDS = ("title", "background", "criteria", "data", "data_url", "data_terms", "contact", "capacity")


def propose_challenge(
    user: User,
    organisation: Organisation,
    event: Event,
    values: Mapping[str, Any],
    *,
    file: Sent | None = None,
    at: datetime,
) -> Challenge:
    """Put a problem to an event; its organizer answers."""
    require_manager(user, organisation)
    require(
        event.state is EventState.PUBLISHED, Refused(_l("Pilih kompetisi yang sedang terbit."), field="event")
    )
    row = Challenge(
        organisation_id=organisation.id,
        event_id=event.id,
        proposed_by_id=user.id,
        proposed_at=at,
        **{key: values[key] for key in FIELDS},
    )
    if file is not None:
        keep_file(row, file)
    _require_terms(row)
    db.session.add(row)
    db.session.flush()
    after = {"title": row.title, "filename": row.filename}
    note("challenge.propose", user.id, row, at, event_id=event.id, after=after)
    _tell_organizers(row, event, organisation, at)
    return row


def revise_challenge(
    user: User,
    organisation: Organisation,
    challenge: Challenge,
    values: Mapping[str, Any],
    *,
    file: Sent | None = None,
    drops_file: bool = False,
    at: datetime,
) -> Challenge:
    """Change what waits, or send again what came back. What was accepted is the event's to change."""
    require_manager(user, organisation)
    row = locked(Challenge, challenge.id)
    require(row.organisation_id == organisation.id, NotFound())
    require(
        row.state in {Stage.PENDING, Stage.DECLINED},
        Refused(_l("Tantangan ini sudah diterima penyelenggara. Mintalah perubahan kepadanya.")),
    )
    came_back = row.state is Stage.DECLINED
    before, after = _set(row, {**values, "state": Stage.PENDING}, file, drops_file=drops_file)
    row.proposed_by_id, row.proposed_at = user.id, at
    if after:
        note("challenge.update", user.id, row, at, event_id=row.event_id, before=before, after=after)
    if came_back:
        _tell_organizers(row, db.session.get_one(Event, row.event_id), organisation, at)
    return row


def withdraw_challenge(user: User, organisation: Organisation, challenge: Challenge, *, at: datetime) -> None:
    """Take a challenge back before it was accepted."""
    require_manager(user, organisation)
    row = locked(Challenge, challenge.id)
    require(row.organisation_id == organisation.id, NotFound())
    require(
        row.state in {Stage.PENDING, Stage.DECLINED},
        Refused(_l("Tantangan ini sudah diterima penyelenggara. Mintalah perubahan kepadanya.")),
    )
    row.state = Stage.WITHDRAWN
    note("challenge.withdraw", user.id, row, at, event_id=row.event_id)


def edit_challenge(
    actor: Actor,
    challenge: Challenge,
    values: Mapping[str, Any],
    *,
    file: Sent | None = None,
    drops_file: bool = False,
    at: datetime,
) -> Challenge:
    """The organizer words a challenge, waiting or accepted; its track keeps the name it was given."""
    row = _held(actor, challenge)
    require(row.state in {Stage.PENDING, Stage.ACCEPTED}, Refused(_l("Tantangan ini sudah dijawab.")))
    before, after = _set(row, values, file, drops_file=drops_file)
    if after:
        note("challenge.update", actor.user_id, row, at, event_id=actor.event.id, before=before, after=after)
    return row


def accept_challenge(actor: Actor, challenge: Challenge, *, track_id: str = "", at: datetime) -> Challenge:
    """Take it into the event: as a new track, or attached to the one with this public id."""
    row = _held(actor, challenge)
    require(row.state is Stage.PENDING, Refused(_l("Tantangan ini sudah dijawab.")))
    if track_id:
        track = get_row(Track, actor.event.id, track_id)
        require(
            queries.find_challenge_of_track(track.id) is None,
            Refused(_l("Kategori ini sudah memuat tantangan lain."), field="track"),
        )
    else:
        owner = db.session.get_one(Organisation, row.organisation_id)
        track = add_row(actor, Track, {"name": row.title, "description": owner.name}, at=at)
    row.track_id, row.state, row.reason = track.id, Stage.ACCEPTED, ""
    row.decided_by_id, row.decided_at = actor.user_id, at
    note("challenge.accept", actor.user_id, row, at, event_id=actor.event.id, after={"track": track.name})
    db.session.flush()
    for listener in after_challenge_accepted:
        listener(actor, row, at)
    _answer(actor, row, at)
    return row


def hold_limited_challenge(track_id: int | None) -> Challenge | None:
    """The challenge behind a track if it takes only so many teams, held until the commit: who comes later waits."""
    found = queries.find_challenge_of_track(track_id)
    return locked(Challenge, found.id) if found and found.capacity is not None else None


def return_challenge(actor: Actor, challenge: Challenge, *, reason: str, at: datetime) -> Challenge:
    """Send it back with what is to be mended."""
    row = _held(actor, challenge)
    require(row.state is Stage.PENDING, Refused(_l("Tantangan ini sudah dijawab.")))
    require(bool(reason.strip()), Refused(_l("Tuliskan alasannya; pengusul membacanya."), field="reason"))
    row.state, row.reason = Stage.DECLINED, reason.strip()
    row.decided_by_id, row.decided_at = actor.user_id, at
    note("challenge.return", actor.user_id, row, at, event_id=actor.event.id, after={"reason": row.reason})
    _answer(actor, row, at)
    return row


def _held(actor: Actor, challenge: Challenge) -> Challenge:
    require_change(actor)
    row = locked(Challenge, challenge.id)
    require(row.event_id == actor.event.id, NotFound())
    return row


def _set(
    row: Challenge, values: Mapping[str, Any], file: Sent | None, *, drops_file: bool
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What it was and what it is now, where that differs."""
    held = {"filename": row.filename, "sha256": row.sha256}
    before, after = change(row, {key: values[key] for key in (*FIELDS, "state") if key in values})
    if file is not None:
        keep_file(row, file)
    elif drops_file:
        drop_file(row)
    _require_terms(row)
    if row.sha256 != held["sha256"]:
        before, after = before | held, after | {"filename": row.filename, "sha256": row.sha256}
    return before, after


def _require_terms(row: Challenge) -> None:
    require(
        not (row.data or row.data_url or row.storage_key) or bool(row.data_terms),
        Refused(_l("Tuliskan syarat pemakaian data yang Anda berikan."), field="data_terms"),
    )


def _tell_organizers(row: Challenge, event: Event, organisation: Organisation, at: datetime) -> None:
    tell_organizers(
        event,
        at,
        what=row.title,
        cause=f"challenge:{row.id}",
        path=f"/k/{event.slug}/kelola/mitra/tantangan/{row.public_id}",
        organisation=organisation.name,
    )


def _answer(actor: Actor, row: Challenge, at: datetime) -> None:
    organisation = db.session.get_one(Organisation, row.organisation_id)
    tell(
        "partner_event_answer",
        [db.session.get_one(User, row.proposed_by_id)],
        at,
        cause=f"challenge:{row.id}:{row.state.value}",
        path=f"/mitra/{organisation.slug}/kelola",
        event_id=actor.event.id,
        subject=row.title,
        event=actor.event.name,
        accepted=row.state is Stage.ACCEPTED,
        reason=row.reason,
    )
