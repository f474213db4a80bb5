"""What became of innovations after their competitions: askings, answers, verification, and a replication."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from innovate.accounts.models import User
from innovate.demo.services.history import ZONE, Days
from innovate.demo.services.stage import World
from innovate.events.domain.kinds import Role
from innovate.events.policy import Actor
from innovate.events.queries import get_actor, list_people
from innovate.impact.domain.kinds import Check, Direction, Measure, Status
from innovate.impact.domain.reports import Aimed, Proof
from innovate.impact.models import FollowUp, Innovation
from innovate.impact.queries.adoptions import list_requests
from innovate.impact.queries.followups import get_followup, list_unanswered
from innovate.impact.queries.innovations import get_innovation, list_indicators
from innovate.impact.queries.standing import list_reporters, list_unit_coordinators
from innovate.impact.queries.summary import list_reports
from innovate.impact.services import adopting, answering, asking, beginning, reporting
from innovate.impact.services.adopting import Wish
from innovate.impact.services.answering import Answer
from innovate.impact.services.links import Links
from innovate.results.queries.gallery import list_shown_ideas

_AIM = ("Waktu layanan dari permohonan sampai selesai", "hari", Direction.DOWN)
_STORIES = (
    "Warga cukup datang sekali; berkas yang kurang dikabarkan lewat pesan singkat.",
    "Petugas loket kini menutup antrean sebelum tengah hari.",
    "Dua kelurahan tetangga meminta panduannya.",
    "Catatan kertas diganti formulir bersama, sehingga tidak ada yang diketik dua kali.",
)
_OBSTACLE = "Petugas yang dilatih dipindahkan ke unit lain."
_STOPPED = "Layanan digabung ke aplikasi kota, jadi tidak lagi dijalankan sendiri."
_WISH = "Unit kami menghadapi antrean yang sama dan ingin memakai panduan Anda."


def plan(world: World, today: date, links: Links) -> None:
    """Every month what is due is asked; six days later most answer and the answers are checked. The last wait."""
    days = Days(today, ZONE)
    for day in range(-840, 0, 30):
        world.history.plan(days.at(day, 8, 5), partial(_ask, links))
        world.history.plan(days.at(day + 6, 10, 20), partial(_answer, links))
    world.history.plan(days.at(-2, 8, 5), partial(_ask, links))
    world.history.plan(days.at(-60, 9, 30), partial(_adopt, world.register.people["uray-heriansyah"]))


def _ask(links: Links, at: datetime) -> None:
    beginning.begin_announced(at=at)
    asking.ask_due(links, at=at)
    asking.remind(links, at=at)


def _answer(links: Links, at: datetime) -> None:
    for row in list_unanswered(at):
        if (row.innovation_id + row.months) % 5 != 0:  # every fifth stays silent
            _answer_one(get_followup(row.public_id), links, at)


def _answer_one(followup: FollowUp, links: Links, at: datetime) -> None:
    innovation = get_innovation(followup.innovation.public_id)
    reporters = list_reporters(innovation)
    if not reporters:
        return
    number = innovation.id
    person = Actor(innovation.event, reporters[0])
    if not list_indicators(number):
        baseline, target = Decimal(9 + number % 6), Decimal(3)
        day = followup.first - timedelta(days=30)
        aimed = Aimed(*_AIM, baseline, day, "Register layanan", target)
        reporting.add_indicator(person, innovation, aimed, at=at)
    stops = number % 7 == 3 and followup.months >= 6
    status = Status.STOPPED if stops else Status.TRIAL if followup.months == 3 else Status.RUNNING
    value = Decimal(7 + number % 4) - Decimal(followup.months) / Decimal(4)
    answer = Answer(
        status=status,
        is_used=not stops,
        reason=_STOPPED if stops else "",
        people=0 if stops else 60 + 37 * (number % 9) * followup.months // 3,
        saved=0 if stops else 1_250_000 * (number % 6),
        actuals={row.public_id: max(value, Decimal(2)) for row in list_indicators(number)},
        obstacle=_OBSTACLE if number % 3 == 0 else "",
        story="" if stops else _STORIES[number % len(_STORIES)],
        link="https://contoh.example/bukti-dukung",
    )
    answering.answer_followup(reporters[0], followup, answer, version=0, at=at)
    if followup.months == 6 and not stops:
        proof = Proof("Buku register", "https://contoh.example/register")
        people = Decimal(answer.people or 1)
        reporting.report_reach(person, innovation, Measure.PEOPLE, at.year, people, None, proof=proof, at=at)
    if (number + followup.months) % 6 != 0:  # the others wait for the coordinator
        _verify(innovation, followup, links, at + timedelta(hours=3))


def _verify(innovation: Innovation, followup: FollowUp, links: Links, at: datetime) -> None:
    team = {user.id for user in list_reporters(innovation)}
    people = [user for user in list_unit_coordinators(innovation) if user.id not in team]
    people = people or [
        row.user for row in list_people(innovation.event_id, Role.ORGANIZER) if row.user_id not in team
    ]
    if people:
        actor = get_actor(innovation.event.slug, people[0])
        answering.check_followup(
            actor, followup, Check.VERIFIED, note="", version=followup.version, links=links, at=at
        )


def _adopt(asker: User, at: datetime) -> None:
    """The first innovation that was verified is adopted in Singkawang; another unit still waits for an answer."""
    rows = [row for row in _verified() if asker.id not in {user.id for user in list_reporters(row)}]
    if not rows:
        return
    innovation = rows[0]
    wish = Wish(None, "Dinas Penanaman Modal, Kota Singkawang", _WISH)
    adopting.ask_to_adopt(asker, innovation, wish, at=at)
    owner = get_actor(innovation.event.slug, list_reporters(innovation)[0])
    adopting.add_material(
        owner, innovation, "Panduan dua halaman", link="https://contoh.example/panduan", file=None, at=at
    )
    child = adopting.accept(owner, innovation, list_requests(innovation.id)[0].public_id, at=at)
    child = get_innovation(child.public_id)
    actor = Actor(child.event, asker)
    reporting.set_status(actor, child, Status.TRIAL, since=at.astimezone(ZONE).date(), reason="", at=at)


def _verified() -> list[Innovation]:
    found = {
        row.innovation_id: row.innovation.public_id
        for row in list_reports()
        if row.innovation.parent_id is None
    }
    rows = [get_innovation(public_id) for public_id in found.values()]
    shown = list_shown_ideas({row.idea_id for row in rows if row.idea_id})
    return [row for row in rows if row.idea_id in shown and row.status and row.status.is_alive]
