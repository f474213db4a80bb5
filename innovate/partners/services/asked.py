"""What an event asks of its teams: mixed rules and statements; and the gate before handing in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from innovate.accounts.services.people import hold_person
from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.events.services.changes import require_change
from innovate.partners.domain.kinds import StatementKind
from innovate.partners.domain.mix import MixRule, find_rule_problem
from innovate.partners.models.teams import Statement, StatementAcceptance, TeamMix
from innovate.partners.queries import asked as queries
from innovate.partners.services.trail import note
from innovate.teams import policy as teams
from innovate.teams.models import Team


def set_mix(actor: Actor, rules: Sequence[MixRule], *, at: datetime) -> bool:
    """Ask for these members; kinds that are not named are free. False when nothing differs."""
    require_change(actor)
    rules = [rule for rule in rules if rule.at_least or rule.at_most is not None]
    problem = find_rule_problem(rules, actor.event.team_max)
    if problem is not None:
        message = _l("Batas ini tidak dapat dipenuhi: periksa urutan dan besar tim.")
        raise Refused(message, field=f"{problem.value}_least")
    locked(Event, actor.event.id)
    before = queries.list_mix(actor.event.id)
    if {*before} == {*rules}:
        return False
    write_mix(actor.event, rules)
    record(
        "team_mix.set",
        actor_id=actor.user_id,
        at=at,
        object_type="event",
        object_id=actor.event.id,
        event_id=actor.event.id,
        before=_spell(before),
        after=_spell(rules),
    )
    return True


def write_mix(event: Event, rules: Sequence[MixRule]) -> None:
    """Put these rules in the place of those before."""
    db.session.execute(delete(TeamMix).where(TeamMix.event_id == event.id))
    db.session.add_all(
        TeamMix(event_id=event.id, kind=rule.kind, at_least=rule.at_least, at_most=rule.at_most)
        for rule in rules
    )
    db.session.flush()


def _spell(rules: Sequence[MixRule]) -> dict[str, str]:
    return {
        f"mix_{rule.kind.value}": f"{rule.at_least}-{'' if rule.at_most is None else rule.at_most}"
        for rule in rules
    }


def write_statement(actor: Actor, kind: StatementKind, *, title: str, text: str, at: datetime) -> Statement:
    """A new version, which every member is asked to accept again; what was accepted before stays."""
    require_change(actor)
    locked(Event, actor.event.id)
    current = next((row for row in queries.list_in_force(actor.event.id) if row.kind is kind), None)
    if current is not None and (current.title, current.text) == (title, text):
        return current
    return add_version(actor.event.id, kind, title=title, text=text, by=actor.user_id, at=at)


def add_version(
    event_id: int, kind: StatementKind, *, title: str, text: str, by: int, at: datetime
) -> Statement:
    """Write the next version down."""
    versions = [row.version for row in queries.list_versions(event_id) if row.kind is kind]
    row = Statement(
        event_id=event_id,
        kind=kind,
        version=max(versions, default=0) + 1,
        title=title,
        text=text,
        written_by_id=by,
        written_at=at,
    )
    db.session.add(row)
    db.session.flush()
    note(
        "statement.write", by, row, at, event_id=event_id, after={"kind": kind.value, "version": row.version}
    )
    return row


def end_statement(actor: Actor, statement: Statement, *, at: datetime) -> None:
    """No longer ask for it. Its versions and who accepted them stay."""
    require_change(actor)
    row = locked(Statement, statement.id)
    require(row.event_id == actor.event.id, NotFound())
    if row.ended_at is None:
        row.ended_at = at
        note("statement.end", actor.user_id, row, at, event_id=actor.event.id)


def accept_statements(actor: Actor, team: Team, public_ids: Sequence[str], *, at: datetime) -> int:
    """A member accepts these versions for themselves; how many are new. A version no longer in force is refused."""
    require(teams.is_member(actor, team) and team.disbanded_at is None, NotFound())
    standing = {row.public_id: row for row in queries.list_in_force(actor.event.id)}
    require(
        bool(public_ids) and set(public_ids) <= set(standing),
        Refused(_l("Teks pernyataan berubah sejak halaman ini dibuka. Baca versi yang baru, lalu setujui.")),
    )
    hold_person(actor.user_id)  # two clicks at once accept once
    people = [actor.user] if actor.user else []
    missing = {row.statement.public_id for row in queries.list_missing(actor.event.id, people) if row.people}
    fresh = [standing[each] for each in dict.fromkeys(public_ids) if each in missing]
    for row in fresh:
        db.session.add(
            StatementAcceptance(statement_id=row.id, user_id=actor.user_id, team_id=team.id, accepted_at=at)
        )
        note(
            "statement.accept",
            actor.user_id,
            row,
            at,
            event_id=actor.event.id,
            after={"version": row.version},
            subject_id=actor.user_id,
        )
    db.session.flush()
    return len(fresh)


def require_asked(event: Event, team_id: int) -> None:
    """Refuse handing in while the team is not mixed as asked, or a member has not accepted a statement."""
    rules = queries.list_mix(event.id)
    statements = queries.list_in_force(event.id)
    if not rules and not statements:
        return
    people = queries.list_people(team_id)
    require(
        all(counted.is_met for counted in queries.count_mix(rules, people)),
        Refused(_l("Susunan tim belum memenuhi aturan kompetisi ini. Rinciannya ada di halaman tim.")),
    )
    require(
        not any(missing.people for missing in queries.list_missing(event.id, people)),
        Refused(
            _l("Belum semua anggota menyetujui pernyataan kompetisi ini. Rinciannya ada di halaman tim.")
        ),
    )
