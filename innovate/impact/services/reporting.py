"""The team says where its innovation stands and what it measures."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.core.db import db
from innovate.core.errors import NotFound, Refused, require
from innovate.core.withdrawn import withdraw
from innovate.events.policy import Actor
from innovate.impact.domain.kinds import Check, Measure, Status
from innovate.impact.domain.reports import Aimed, Proof
from innovate.impact.models import Actual, Indicator, Innovation, ReachReport, StatusEntry
from innovate.impact.queries.innovations import get_event, list_indicators, lock_innovation
from innovate.impact.queries.standing import find_standing
from innovate.impact.services.trail import check_link, keep_file, record

MOST = 12  # indicators of one innovation


def set_status(
    actor: Actor, innovation: Innovation, status: Status, *, since: date, reason: str, at: datetime
) -> StatusEntry:
    """Where it stands from a day on. Earlier rows stay; the day is not before the last one's."""
    _require_reporter(actor, innovation)
    return add_status(innovation, status, since=since, reason=reason, user_id=actor.user_id, at=at)


def add_status(
    innovation: Innovation, status: Status, *, since: date, reason: str, user_id: int, at: datetime
) -> StatusEntry:
    """The next row of the history, by whoever was let in."""
    held = lock_innovation(innovation.id)
    _require_past(held, since, "since", at)
    require(
        not status.needs_reason or len(reason.strip()) >= 10,
        Refused(_l("Tulis alasannya, sedikitnya sepuluh huruf."), field="reason"),
    )
    query = select(StatusEntry.since).where(StatusEntry.innovation_id == held.id)
    last = db.session.scalar(query.order_by(StatusEntry.since.desc()).limit(1))
    earlier = _l("Tanggal itu lebih awal dari keadaan terakhir. Riwayat tidak diubah, hanya ditambah.")
    require(last is None or since >= last, Refused(earlier, field="since"))
    row = StatusEntry(
        innovation_id=held.id, status=status, since=since, reason=reason.strip(), by_id=user_id, at=at
    )
    db.session.add(row)
    before, held.status = held.status, status
    db.session.flush()
    record(
        "impact.status",
        user_id,
        held,
        at,
        before={"status": before.value if before else ""},
        after={"status": status.value, "reason": reason.strip()},
    )
    return row


def add_indicator(actor: Actor, innovation: Innovation, aimed: Aimed, *, at: datetime) -> Indicator:
    """Name what is measured. A baseline comes with its day and where it is from."""
    _require_reporter(actor, innovation)
    _check_aim(innovation, aimed, at)
    held = lock_innovation(innovation.id)
    most = _l("Satu inovasi memuat paling banyak %(n)s indikator.", n=MOST)
    known = list_indicators(held.id)
    require(len(known) < MOST, Refused(most))
    taken = _l("Indikator dengan nama itu sudah ada.")
    require(all(row.name.casefold() != aimed.name.casefold() for row in known), Refused(taken, field="name"))
    row = Indicator(innovation_id=held.id, **vars(aimed), by_id=actor.user_id, at=at)
    db.session.add(row)
    db.session.flush()
    record("impact.indicator", actor.user_id, held, at, after=_told(aimed))
    return row


def change_indicator(
    actor: Actor, innovation: Innovation, indicator: Indicator, aimed: Aimed, *, at: datetime
) -> None:
    """Change name, baseline or target. What was verified against the old ones is looked at again."""
    _require_reporter(actor, innovation)
    _check_aim(innovation, aimed, at)
    held = lock_innovation(innovation.id)
    before = Aimed(**{name: getattr(indicator, name) for name in Aimed.__dataclass_fields__})
    if before == aimed:
        return
    for name, value in vars(aimed).items():
        setattr(indicator, name, value)
    query = select(Actual).where(Actual.indicator_id == indicator.id, Actual.check == Check.VERIFIED)
    for actual in db.session.scalars(query):
        actual.check = Check.WAITING
    withdraw()
    record("impact.indicator_change", actor.user_id, held, at, before=_told(before), after=_told(aimed))


def remove_indicator(actor: Actor, innovation: Innovation, indicator: Indicator, *, at: datetime) -> None:
    """Take an indicator off the list; its rows stay."""
    _require_reporter(actor, innovation)
    indicator.removed_at = at
    withdraw()
    record("impact.indicator_remove", actor.user_id, innovation, at, before={"name": indicator.name})


def report_actual(
    actor: Actor,
    innovation: Innovation,
    indicator: Indicator,
    period: tuple[date, date],
    value: Decimal,
    *,
    proof: Proof,
    at: datetime,
) -> Actual:
    """The value of a period, with evidence. The same period again corrects it; the corrected row stays."""
    _require_reporter(actor, innovation)
    first, last = period
    require(first <= last, Refused(_l("Akhir periode mendahului awalnya."), field="last"))
    _require_past(innovation, last, "last", at)
    _require_proof(proof)
    link = check_link(proof.link)
    lock_innovation(innovation.id)
    file_id = keep_file(innovation, proof.file, actor.user_id, at)
    row = put_actual(
        indicator,
        period,
        value,
        source=proof.source,
        link=link,
        file_id=file_id,
        user_id=actor.user_id,
        at=at,
    )
    record(
        "impact.actual",
        actor.user_id,
        innovation,
        at,
        after={
            "name": indicator.name,
            "value": str(value),
            "first": first.isoformat(),
            "last": last.isoformat(),
        },
    )
    return row


def put_actual(
    indicator: Indicator,
    period: tuple[date, date],
    value: Decimal,
    *,
    user_id: int,
    at: datetime,
    source: str = "",
    link: str = "",
    file_id: int | None = None,
) -> Actual:
    """A value in its place: it replaces that of the same period and may not overlap another."""
    first, last = period
    crossing = _l("Periode itu bertumpuk dengan periode lain yang sudah dilaporkan.")
    require(not is_crossed(indicator, period), Refused(crossing, field="first"))
    query = select(Actual).where(Actual.indicator_id == indicator.id, Actual.replaced_at.is_(None))
    for other in db.session.scalars(query.where(Actual.first == first, Actual.last == last)):
        other.replaced_at = at
        withdraw()
    row = Actual(
        indicator_id=indicator.id,
        first=first,
        last=last,
        value=value,
        source=source,
        link=link,
        file_id=file_id,
        by_id=user_id,
        at=at,
    )
    db.session.add(row)
    db.session.flush()
    return row


def is_crossed(indicator: Indicator, period: tuple[date, date]) -> bool:
    """Whether values of other periods lie in this one."""
    first, last = period
    query = select(Actual.id).where(Actual.indicator_id == indicator.id, Actual.replaced_at.is_(None))
    query = query.where(Actual.first <= last, Actual.last >= first)
    query = query.where((Actual.first != first) | (Actual.last != last))
    return db.session.scalar(query.limit(1)) is not None


def report_reach(
    actor: Actor,
    innovation: Innovation,
    measure: Measure,
    year: int,
    value: Decimal,
    before: Decimal | None,
    *,
    proof: Proof,
    at: datetime,
) -> ReachReport:
    """The measure of reach of one year of use. One measure for each innovation; evidence is required."""
    _require_reporter(actor, innovation)
    _require_proof(proof)
    require(value >= 0, Refused(_l("Angka ini tidak dapat negatif."), field="value"))
    this_year = _today(innovation, at).year
    require(
        2000 <= year <= this_year, Refused(_l("Tahun itu belum tiba atau terlalu lama lalu."), field="year")
    )
    link = check_link(proof.link)
    held = lock_innovation(innovation.id)
    _replace_reach(held, measure, year, at)
    held.measure = measure
    row = ReachReport(
        innovation_id=held.id,
        measure=measure,
        year=year,
        value=value,
        before=before,
        source=proof.source,
        link=link,
        file_id=keep_file(held, proof.file, actor.user_id, at),
        by_id=actor.user_id,
        at=at,
    )
    db.session.add(row)
    db.session.flush()
    record(
        "impact.reach",
        actor.user_id,
        held,
        at,
        after={"year": year, "value": str(value), "measure": measure.value},
    )
    return row


def _replace_reach(held: Innovation, measure: Measure, year: int, at: datetime) -> None:
    standing = select(ReachReport).where(
        ReachReport.innovation_id == held.id, ReachReport.replaced_at.is_(None)
    )
    for other in db.session.scalars(standing):
        other_kind = _l("Angka dengan ukuran lain sudah diverifikasi. Satu inovasi memakai satu ukuran.")
        same = other.measure is measure
        require(same or other.check is not Check.VERIFIED, Refused(other_kind, field="measure"))
        if not same or other.year == year:
            other.replaced_at = at
            withdraw()


def _require_reporter(actor: Actor, innovation: Innovation) -> None:
    require(find_standing(actor, innovation).reports, NotFound())


def _check_aim(innovation: Innovation, aimed: Aimed, at: datetime) -> None:
    whole = _l("Kondisi awal memerlukan tanggal dan sumber.")
    if aimed.baseline is not None:
        require(aimed.baseline_on is not None, Refused(whole, field="baseline_on"))
        require(bool(aimed.baseline_source), Refused(whole, field="baseline_source"))
    if aimed.baseline_on is not None:
        _require_past(innovation, aimed.baseline_on, "baseline_on", at)


def _require_proof(proof: Proof) -> None:
    needed = _l("Sertakan bukti: unggah berkas atau tulis tautannya.")
    require(bool(proof.link.strip()) or proof.file is not None, Refused(needed, field="link"))


def _today(innovation: Innovation, at: datetime) -> date:
    return at.astimezone(ZoneInfo(get_event(innovation.event_id).zone)).date()


def _require_past(innovation: Innovation, day: date, field: str, at: datetime) -> None:
    require(day <= _today(innovation, at), Refused(_l("Tanggal itu belum tiba."), field=field))


def _told(aimed: Aimed) -> dict[str, str]:
    return {name: "" if value is None else str(value) for name, value in vars(aimed).items()}
