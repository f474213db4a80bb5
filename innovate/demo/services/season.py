"""The competitions beside the city's own, one in each other phase on the day the demo is loaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from innovate.demo.domain.cast import CAST
from innovate.demo.services import entries, hall, integrity, jury, pitch, reading, stage, units
from innovate.demo.services.casting import Casting
from innovate.demo.services.clinics import plan_clinics
from innovate.demo.services.competition import SECRETARIAT, Competition
from innovate.demo.services.entries import Entry
from innovate.demo.services.history import ZONE, Days
from innovate.demo.services.jury import Seat
from innovate.demo.services.material import read_other_events
from innovate.demo.services.paper import plan_papers
from innovate.demo.services.practice import plan_practice
from innovate.demo.services.privacy import sign_record
from innovate.demo.services.stage import Outline, World
from innovate.demo.services.voting import plan_running_vote
from innovate.demo.services.withdrawing import withdraw_last_award
from innovate.endorsement.domain.quota import Quotas
from innovate.endorsement.services.settings import save_rules
from innovate.events.domain.kinds import PhaseKind, Role
from innovate.events.domain.seal import BoardState
from innovate.events.domain.template import Timespan
from innovate.events.services import evidence
from innovate.events.services.templates import load_templates
from innovate.ideas.domain.lifecycle import Decision
from innovate.ideas.services.extensions import grant_extension
from innovate.teams.queries import get_team
from innovate.teams.services import joining, leading

JURORS = ("hendrikus-laban", "cynthia-wirawan", "mahfud-effendy", "burhanuddin-salim", "widya-kencanasari")
_KEYS = {sign_in.name: sign_in.key for sign_in in CAST}
_DAY = timedelta(days=1)
_PROOFS = {"bukti_relevansi_masalah": "Data aduan warga", "bukti_mutu_teknis": "Catatan uji beban"}

# First and last day of each phase of the templates, in their order, counted from the day of loading.
_CALENDARS = {
    "registration": ((-6, 20), (-6, 27), (29, 32), (34, 45), (53, 53), (55, 55)),
    "submission": ((-30, -3), (-30, 5), (7, 12), (14, 30), (40, 42), (50, 50)),
    "screening": ((-33, -4), (-33, -4), (-2, 3), (5, 20), (28, 29), (33, 33)),
    "judging": ((-30, -9), (-7, -5), (-4, -3), (-2, 2), (6, 6), (7, 7)),
    "archived": ((-400, -373), (-400, -366), (-364, -361), (-359, -348), (-340, -340), (-338, -338)),
}

_EARLIER = 42  # days: so that what became of the archived ideas is asked again just now, a year later


def plan(world: World, today: date) -> None:
    """Plan all of them, each by the phase it is in now."""
    for row in read_other_events():
        days = Days(today - timedelta(days=_EARLIER if row["phase"] == "archived" else 0), ZONE)
        begins = days.at(_CALENDARS[row["phase"]][0][0] - 14, 9, 5 + len(row["slug"]))
        world.history.plan(begins, partial(_begin, world, days, row))


def _begin(world: World, days: Days, row: dict[str, Any], at: datetime) -> None:
    outline = Outline(
        slug=row["slug"],
        name=row["name"],
        template=row["template"],
        tagline=row["tagline"],
        description=row["description"],
        timetable=_timetable(row, days),
        prizes=row["prizes"],
        faq=row["faq"],
        resources=row.get("resources", ()),
        settings={"contact": "Bagian Organisasi, inovasi@pontianak.example", "place": "Balai Kota Pontianak"},
    )
    on = stage.found(world, days, outline, at=at)
    if on.event.asks_endorsement:
        save_rules(on.organizer, asks=True, quotas=Quotas(3), reason="", at=at + timedelta(minutes=30))
    draw = Random(row["slug"])
    casting = Casting(world.register, on.template, draw)
    played = Competition(on, draw, [casting.make_entry(_dated(idea, days)) for idea in row["ideas"]])
    played.invite_committee(at + _DAY, jurors=JURORS, more={})
    if row["phase"] in {"submission", "judging"}:
        played.plan(at + 2 * _DAY, lambda at: evidence.add_slots(on.organizer, at=at))
    played.plan(at + 10 * _DAY, partial(stage.publish, on))
    played.plan(at + 11 * _DAY, partial(sign_record, on))
    _SCRIPTS[row["phase"]](played, row["ideas"])


def _dated(idea: dict[str, Any], days: Days) -> dict[str, Any]:
    """The entry with the answers that lie so many days before the demo was loaded."""
    dated = {key: days.at(-ago).date().isoformat() for key, ago in idea.get("days_ago", {}).items()}
    return {**idea, "answers": {**idea["answers"], **dated}}


def _timetable(row: dict[str, Any], days: Days) -> list[Timespan]:
    phases = load_templates()[row["template"]].phases
    spans = zip(phases, _CALENDARS[row["phase"]], strict=True)
    timetable = [days.span(phase.kind, phase.name, first, last) for phase, (first, last) in spans]
    if row["template"] == "hackathon":  # its submission is counted in hours: from eight to eight
        number = next(n for n, span in enumerate(timetable) if span.kind is PhaseKind.SUBMISSION)
        begins = timetable[number].starts_at
        timetable[number] = replace(timetable[number], ends_at=begins + 2 * _DAY)
    return timetable


# -- registration: drafts, teams that look for people ---------------------------------------------------------------


def _play_registration(played: Competition, _rows: Sequence[dict[str, Any]]) -> None:
    days = played.on.days
    for number, entry in enumerate(played.entries):
        played.plan_entry(entry, days.at(-5 + number // 2, 9 + number, 14), papers=False)
    plan_clinics(played, played.entries[:4], days.at(-3, 18), days.at(-1, 13), count=2, weeks=3)
    students, neighbours = played.entries[0], played.entries[4]
    played.plan(days.at(-3, 15), lambda at: _look_for(played, students, "Perancang halte", ["desain"], at))
    played.plan(days.at(-2, 9), lambda at: _look_for(played, neighbours, "Penulis", ["penulisan"], at))
    never = 10_000  # hours: this invitation still waits for its answer
    played.plan(
        days.at(-2, 11), lambda at: stage.invite(played.on, "tigor-marulam", Role.JUROR, hours=never, at=at)
    )
    played.plan(
        days.at(-2, 11, 20),
        lambda at: stage.invite_in_vain(
            played.on, "Dr. Ratna Hapsari", "ratna.hapsari@kampus.example", Role.JUROR, hours=20, at=at
        ),
    )
    played.plan(days.at(-1, 8, 40), lambda at: _ask(played, students, _KEYS["mahasiswa"], at))
    played.plan(days.at(-1, 9, 30), lambda at: _invite(played, neighbours, _KEYS["anggota"], at))


def _look_for(played: Competition, entry: Entry, title: str, skills: list[str], at: datetime) -> None:
    team = get_team(played.on.event.id, entry.registered.public_id)
    leading.add_open_role(played.on.actor(entry.members[0]), team, title=title, skills=skills, at=at)


def _ask(played: Competition, entry: Entry, key: str, at: datetime) -> None:
    team = get_team(played.on.event.id, entry.registered.public_id)
    message = "Saya tertarik dengan gagasan ini dan dapat membantu pada sore hari."
    joining.ask_to_join(played.on.actor(key), team, message=message, at=at)


def _invite(played: Competition, entry: Entry, key: str, at: datetime) -> None:
    team = get_team(played.on.event.id, entry.registered.public_id)
    email = played.on.world.people[key].email
    leading.invite_by_mail(played.on.actor(entry.members[0]), team, email=email, at=at)


# -- submission: some handed in, the others still writing -----------------------------------------------------------


def _play_submission(played: Competition, rows: Sequence[dict[str, Any]]) -> None:
    days = played.on.days
    for number, (entry, row) in enumerate(zip(played.entries, rows, strict=True)):
        done = row["state"] == "submitted"
        handed = days.at(-1 - number % 4, 15, 3 * number) if done else None
        played.plan_entry(
            entry,
            days.at(-20 + 2 * number, 10, 5 * number),
            submitted=handed,
            papers=done or number == 2 or "in_unit" in row,
        )
        if state := row.get("in_unit"):
            at = days.at(-1, 8 + number - 6, 25)
            played.plan(at, partial(units.play_states, played.on, entry, state))
    plan_clinics(played, played.entries[:5], days.at(-7, 9), days.at(-4, 13), count=3, weeks=3)
    played.plan(days.at(-1, 11, 10), lambda at: units.enter_on_paper(played.on, "kel-batu-layang", at))
    mine, late = played.entries[2], played.entries[3]
    asker = played.on.world.register.by_owner["dinsos"][0]
    played.plan(days.at(-1, 13), lambda at: _look_for(played, mine, "Pengolah data", ["analisis data"], at))
    played.plan(days.at(-1, 16, 20), lambda at: _ask(played, mine, asker, at))
    played.plan(days.at(-1, 14), lambda at: _extend(played, late, at))


def _extend(played: Competition, entry: Entry, at: datetime) -> None:
    reason = "Kantor tim terendam air pasang selama dua hari dan jaringannya belum pulih."
    until = played.on.days.at(8, 23, 59)
    grant_extension(played.on.organizer, entry.registered, until=until, reason=reason, at=at)


# -- screening: a queue half done -----------------------------------------------------------------------------------


def _play_screening(played: Competition, rows: Sequence[dict[str, Any]]) -> None:
    days = played.on.days
    played.plan(days.at(-4, 11), lambda at: integrity.hide_names(played.panel, PhaseKind.JUDGING, at=at))
    for number, (entry, row) in enumerate(zip(played.entries, rows, strict=True)):
        handed = days.at(-5 - number, 14, 7 * number)
        played.plan_entry(entry, days.at(-27 + 2 * number, 9, 8 * number), submitted=handed)
        if row["screening"] == "pending":
            continue
        decision = Decision(row["screening"])
        decided = days.at(-2 + number % 2, 9 + number, 10)
        played.plan(decided, _deciding(played, entry, decision, row["screening_reason"]))


def _deciding(
    played: Competition, entry: Entry, decision: Decision, reason: str
) -> Callable[[datetime], object]:
    until = played.on.days.at(2, 16) if decision is Decision.RETURN else None
    missing = {Decision.RETURN: 4, Decision.FAIL: 2}.get(decision)
    return lambda at: entries.screen(
        played.on, entry, at, by=SECRETARIAT, decision=decision, reason=reason, missing=missing, until=until
    )


def _plan_passing(played: Competition, first: datetime) -> None:
    for number, entry in enumerate(played.entries):
        at = first + timedelta(minutes=17 * number)
        played.plan(at, _deciding(played, entry, Decision.PASS, ""))


# -- judging: uneven, with a conflict, an abstention, and a juror who has not begun ---------------------------------


def _play_judging(played: Competition, _rows: Sequence[dict[str, Any]]) -> None:
    days = played.on.days
    for entry in played.entries[::2]:  # half of the teams attach the proof of two claims
        entry.papers = {**entry.papers, **_PROOFS}
    for number, entry in enumerate(played.entries):
        written = days.at(-24 + number, 13, 9 * number)
        played.plan(written, partial(entries.register, played.on, entry))
        played.plan(days.at(-7, 9 + number, 20), partial(entries.write, played.on, entry))
        played.plan(days.at(-6, 9 + number, 5), partial(entries.attach, played.on, entry))
        played.plan(days.at(-5, 7, 10 + 5 * number), partial(entries.submit, played.on, entry))
    _plan_passing(played, days.at(-4, 9))
    plan_practice(played, days.at(-2, 7, 30))
    played.plan(days.at(-3, 9), lambda at: stage.invite(played.on, JURORS[-1], Role.MENTOR, hours=2, at=at))
    played.plan(days.at(-2, 8, 10), lambda at: _judge_in_part(played, at))
    pitch.plan(played, PhaseKind.JUDGING)
    plan_running_vote(played, days.at(-3, 18), days.at(4, 20))


def _judge_in_part(played: Competition, at: datetime) -> None:
    jury.note_conflicts(played.panel, played.entries, at=at)
    integrity.accompany(played.panel, JURORS[-1], played.entries[0], at=at)
    integrity.propose_dismissal(played.panel, JURORS[-1], played.entries[0], at=at + timedelta(hours=1))
    seats = played.draw_seats(PhaseKind.JUDGING, played.entries, at)
    chair, mine, abstaining, conflicted, _idle, diligent = played.panel.keys
    by_juror = {key: [seat for seat in seats if seat.juror == key] for key in played.panel.keys}
    _plan_scores(played, by_juror[chair], at + timedelta(hours=3), whole=len(by_juror[chair]))
    on_paper = by_juror[diligent][1:][-3:]
    online = [seat for seat in by_juror[diligent] if seat not in on_paper]
    _plan_scores(played, by_juror[diligent], at + timedelta(hours=4), whole=len(online))
    _plan_scores(played, by_juror[mine], at + timedelta(hours=5), whole=1, undeclared=1, drafts=1)
    noted = by_juror[mine][1]
    played.plan(at + timedelta(hours=6), lambda at: reading.take_notes(played.panel, noted, at=at))
    _plan_scores(played, by_juror[abstaining][:-1], at + timedelta(hours=6), whole=3)
    last = by_juror[abstaining][-1]
    reason = "Rancangan teknis karya ini di luar bidang saya. Mohon dinilai juri lain."
    played.plan(at + timedelta(hours=9), lambda at: jury.abstain(played.panel, last, reason=reason, at=at))
    words = "Saya menilai di kelurahan tanpa jaringan sebelum menyatakan mundur. Mohon diputuskan."
    when = at + timedelta(hours=9, minutes=40)
    played.plan(when, lambda at: jury.arrive_late(played.panel, last, words=words, at=at))
    _plan_conflict(played, by_juror[conflicted], at + timedelta(hours=7))
    played.plan(at + timedelta(hours=8), lambda at: _open_hall(played, chair, mine, diligent, at))
    plan_papers(played, on_paper, at + timedelta(hours=23))
    late = by_juror[diligent][0].entry
    played.plan(at + timedelta(hours=26), lambda at: integrity.accompany(played.panel, diligent, late, at=at))


def _open_hall(played: Competition, chair: str, mine: str, diligent: str, at: datetime) -> None:
    """A hall that is open now: two jurors have compared a good deal, one has just begun, the others not at all."""
    opened = hall.open_hall(
        played.panel, PhaseKind.JUDGING, played.entries, name="Aula purwarupa", cut=3, at=at
    )
    walks = {chair: 14, diligent: 17, mine: 4}
    hall.plan_walks(played.panel, opened, played.entries, walks, at=at + timedelta(minutes=20))


def _plan_scores(
    played: Competition, seats: list[Seat], at: datetime, *, whole: int, undeclared: int = 0, drafts: int = 0
) -> None:
    declared = seats[: len(seats) - undeclared]
    key = seats[0].juror
    played.plan(at, lambda at: jury.declare(played.panel, key, declared, at=at))
    for number, seat in enumerate(declared[: whole + drafts]):
        when = at + timedelta(minutes=35 * (number + 1))
        played.plan_score(seat, when, only=None if number < whole else 2)


def _plan_conflict(played: Competition, seats: list[Seat], at: datetime) -> None:
    own, others = seats[0], seats[1:]
    reason = "Saya pernah membimbing tugas akhir salah seorang anggota tim ini."
    key = own.juror
    played.plan(
        at,
        lambda at: jury.declare(played.panel, key, seats, conflicting={own.entry.key: reason}, at=at),
    )
    for number, seat in enumerate(others[:2]):
        played.plan_score(seat, at + timedelta(minutes=40 * (number + 1)))


# -- archived: last year, with its winners ----------------------------------------------------------------------------


def _play_archived(played: Competition, _rows: Sequence[dict[str, Any]]) -> None:
    days = played.on.days
    for number, entry in enumerate(played.entries):
        entry.in_gallery = number != 4
        registered = days.at(-398 + 2 * number, 10, 6 * number)
        played.plan_entry(entry, registered, submitted=days.at(-370 + number // 2, 15, 8 * number))
    _plan_passing(played, days.at(-363, 9))
    played.plan(days.at(-359, 8, 30), lambda at: _judge_proposals(played, at))
    played.plan_boards(
        1,
        (days.at(-347, 9), BoardState.PROVISIONAL),
        (days.at(-347, 15), BoardState.FROZEN),
        (days.at(-347, 16), BoardState.SIGNED),
        (days.at(-346, 10), BoardState.ANNOUNCED),
        (days.at(-330, 10), BoardState.FINAL),
    )
    played.plan(days.at(-346, 11), lambda at: _judge_finalists(played, at))
    played.plan_boards(
        2,
        (days.at(-339, 9), BoardState.PROVISIONAL),
        (days.at(-339, 15), BoardState.FROZEN),
        (days.at(-339, 16), BoardState.SIGNED),
        (days.at(-338, 10), BoardState.ANNOUNCED),
        (days.at(-330, 10, 5), BoardState.FINAL),
    )
    played.plan(days.at(-329, 9), partial(withdraw_last_award, played))
    played.plan(days.at(-320, 9), partial(stage.archive, played.on))


def _judge_proposals(played: Competition, at: datetime) -> None:
    jury.note_conflicts(played.panel, played.entries, at=at)
    seats = played.draw_seats(PhaseKind.JUDGING, played.entries, at)
    played.plan_declarations(seats, at + timedelta(hours=2))
    for number, seat in enumerate(seats):
        played.plan_score(seat, at + _DAY + timedelta(hours=7 * number))


def _judge_finalists(played: Competition, at: datetime) -> None:
    chosen = played.advance(2, "Dua gagasan teratas di setiap kelompok diundang memaparkan gagasannya.", at)
    seats = played.draw_seats(PhaseKind.FINAL, chosen, at)
    played.plan_declarations(seats, at + timedelta(hours=2))
    for number, seat in enumerate(seats):
        played.plan_score(seat, played.on.days.at(-340, 9) + timedelta(minutes=11 * number))


_SCRIPTS: dict[str, Callable[[Competition, Sequence[dict[str, Any]]], None]] = {
    "registration": _play_registration,
    "submission": _play_submission,
    "screening": _play_screening,
    "judging": _play_judging,
    "archived": _play_archived,
}
