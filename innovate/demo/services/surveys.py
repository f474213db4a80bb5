"""Surveys of the site: three years of SKM; a training of last year asked at once, after three months and after six; one
of this year with skills before and after and what its people thought; one open now.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import Any, NamedTuple

from sqlalchemy import select

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.demo.domain.cast import CAST
from innovate.demo.services.history import ZONE
from innovate.demo.services.stage import World
from innovate.learning.models import Activity
from innovate.surveys.domain.kinds import Occasion, Part, QuestionKind, Segment, When
from innovate.surveys.domain.questionnaire import Question
from innovate.surveys.models import Survey
from innovate.surveys.policy import Maker
from innovate.surveys.queries.surveys import list_unanswered, load_survey
from innovate.surveys.services import building, sending
from innovate.surveys.services.answering import Sent, name_others, take_answers

_KEYS = {sign_in.name: sign_in.key for sign_in in CAST}
_PEOPLE = 120
_TRAINED = 36
_SAID = {
    "saran": (
        "Jadwal klinik sebaiknya diumumkan lebih awal.",
        "Petugas ramah, tetapi antrean siang hari panjang.",
        "Tambahkan contoh proposal yang baik.",
        "Formulirnya jelas. Pertahankan.",
        "Tempat parkir kurang.",
        "Mohon ada sesi daring untuk puskesmas.",
    ),
    "terapkan": (
        "Membuat tabel pivot untuk laporan bulanan.",
        "Merapikan berkas bersama unit.",
        "Mencoba survei singkat kepada warga.",
    ),
    "contoh": (
        "Rekap harian yang dulu dua jam kini selesai dalam dua puluh menit.",
        "Data aduan warga sekarang terbaca menurut kelurahan.",
        "Rekan satu ruangan sudah ikut memakai lembar yang sama.",
    ),
    "bukti": (
        "Aduan keterlambatan turun dibanding semester lalu.",
        "Waktu layanan tercatat di buku antrean.",
    ),
    "lanjut": ("Pelatihan ulang bagi pegawai baru.", "Perangkat yang lebih memadai di loket."),
    "nama": ("Antrean Parit", "Lapor Cepat"),
}


def plan(world: World, today: date) -> None:
    """What the organizers of the site have asked over the years."""
    maker = Maker(world.people[_KEYS["panitia"]])
    for ago, level in ((2, 3.0), (1, 3.25), (0, 3.5)):
        day = min(date(today.year - ago, 10, 1), today - timedelta(days=25))
        title = f"Survei Kepuasan Masyarakat {day.year}"
        world.history.plan(_at(day), partial(_ask_public, maker, title, level))
    trained = _choose(world)
    for key, title, ago, share in (
        ("reaksi", "Kesan peserta bimtek olah data", 330, 0.9),
        ("perilaku", "Tiga bulan sesudah bimtek olah data", 240, 0.7),
        ("hasil", "Enam bulan sesudah bimtek olah data", 150, 0.6),
    ):
        act = partial(_ask_trained, world, maker, (key, title), trained, share)
        world.history.plan(_at(today - timedelta(days=ago)), act)
    for ask in _ABOUT:
        world.history.plan(_at(today - timedelta(days=ask.ago)), partial(_ask_enrolled, world, maker, ask))


class _Ask(NamedTuple):
    """A survey for those enrolled in an activity; `lift`: how many levels they say they gained."""

    activity: str
    key: str
    title: str
    ago: int
    share: float
    occasion: Occasion = Occasion.NONE
    lift: float = 0
    open_days: int = 7


_DATA = "Bimtek Analisis Data Layanan"
_ABOUT = (
    _Ask(
        _DATA,
        "keterampilan",
        "Keterampilan sebelum bimtek analisis data",
        36,
        0.9,
        Occasion.BEFORE,
        open_days=2,
    ),
    _Ask(_DATA, "reaksi", "Kesan peserta bimtek analisis data", 30, 0.85),
    _Ask(_DATA, "keterampilan", "Keterampilan sesudah bimtek analisis data", 29, 0.8, Occasion.AFTER, 0.9),
    _Ask(
        "Webinar Keamanan Informasi bagi Pengelola Layanan",
        "reaksi",
        "Kesan peserta webinar keamanan informasi",
        3,
        0.45,
        open_days=14,
    ),
)
_SIGN_INS = {sign_in.key for sign_in in CAST}  # leave the open one to those who try the demo


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9), ZONE).astimezone(UTC)


def _choose(world: World) -> list[User]:
    """People of the city who took part in the training."""
    people = [user for user in world.people.values() if user.employment.is_asn]
    return Random("bimtek").sample(people, min(_TRAINED, len(people)))


def _open(
    maker: Maker, key: str, title: str, at: datetime, activity: Activity | None = None, **values: Any
) -> Survey:
    survey = building.create_survey(maker, key, title=title, activity=activity, at=at)
    planned = {name: getattr(survey, name) for name in sending.PLAN} | {
        "sends": When.NOW,
        "days": 0,
        **values,
    }
    sending.plan_sending(maker, survey, planned, at=at)
    sending.open_survey(maker, survey, at=at + timedelta(minutes=5))
    return load_survey(survey.id)


def _ask_public(maker: Maker, title: str, level: float, at: datetime) -> None:
    survey = _open(maker, "skm", title, at, segment=Segment.PUBLIC, people=[], open_days=20)
    draw = Random(title)
    for n in range(_PEOPLE):
        raw = _fill(list(survey.version.whole.questions()), draw, level)
        take_answers(
            survey, Sent(f"warga-{n}-{draw.random()}", survey.number, raw), at=at + timedelta(hours=2 + n)
        )
    sending.serve_surveys(at=at + timedelta(days=21))


def _ask_trained(
    world: World, maker: Maker, what: tuple[str, str], people: Sequence[User], share: float, at: datetime
) -> None:
    key, title = what
    addresses = [user.email for user in people]
    survey = _open(maker, key, title, at, segment=Segment.LIST, people=addresses, open_days=14, reminders=0)
    draw = Random(title)
    asked = list_unanswered(survey.id)
    for n, invitation in enumerate(asked):
        if draw.random() > share:
            continue
        moment = at + timedelta(hours=1 + n)
        if moment > world.history.until:
            break
        _answer(survey, invitation, draw, moment)
        if invitation.part is Part.ALUMNUS and n % 3 == 0:
            others = {Part.SUPERIOR: [f"atasan{n}@kantor.example"], Part.PEER: [f"rekan{n}@kantor.example"]}
            invitation.survey = survey
            for other in name_others(invitation, others, at=moment):
                _answer(survey, other, draw, moment + timedelta(hours=1))
    if at + timedelta(days=14) <= world.history.until:
        sending.serve_surveys(at=at + timedelta(days=15))


def _ask_enrolled(world: World, maker: Maker, ask: _Ask, at: datetime) -> None:
    activity = db.session.scalar(select(Activity).where(Activity.title == ask.activity))
    if activity is None:
        return
    survey = _open(
        maker,
        ask.key,
        ask.title,
        at,
        activity,
        segment=Segment.ENROLLED,
        people=[],
        open_days=ask.open_days,
        reminders=1,
    )
    details = {name: getattr(survey, name) for name in building.DETAILS} | {"occasion": ask.occasion}
    building.change_survey(maker, survey, details, at=at + timedelta(minutes=6))
    visitors = {world.people[key].id for key in _SIGN_INS if key in world.people}
    draw, ends = Random(ask.title), at + timedelta(days=ask.open_days)
    for n, invitation in enumerate(list_unanswered(survey.id)):
        moment = at + timedelta(hours=1, minutes=40 * n)
        kept = ends > world.history.until and invitation.user_id in visitors
        if kept or draw.random() > ask.share or moment > min(world.history.until, ends):
            continue
        own = Random(f"{_DATA}:{invitation.email}")  # the same person starts from the same levels
        raw = {
            q.key: [_level(own, ask.lift)] if q.kind is QuestionKind.SKILL else _say(q, draw, 4.2)
            for q in survey.version.whole.questions()
        }
        raw = {key: value for key, value in raw.items() if value}
        sent = Sent(f"{draw.getrandbits(128):x}", survey.number, raw)
        take_answers(survey, sent, invitation=invitation, at=moment)
    if ends <= world.history.until:
        sending.serve_surveys(at=ends)


def _level(own: Random, lift: float) -> str:
    start, gain = (
        own.gauss(1.4, 0.8),
        own.gauss(0, 0.5),
    )  # both drawn each time: the same start before and after
    return str(max(0, min(4, round(start + (lift + gain if lift else 0)))))


def _answer(survey: Survey, invitation: Any, draw: Random, at: datetime) -> None:
    sections = [each for each in survey.version.whole.sections if each.is_for(invitation.part)]
    raw = _fill([q for section in sections for q in section.questions], draw, 4.0)
    take_answers(survey, Sent(f"{draw.getrandbits(128):x}", survey.number, raw), invitation=invitation, at=at)


def _fill(questions: Sequence[Question], draw: Random, level: float) -> dict[str, list[str]]:
    """Answers as somebody might give them; words only now and then."""
    return {each.key: value for each in questions if (value := _say(each, draw, level))}


def _say(question: Question, draw: Random, level: float) -> list[str]:
    writers: dict[QuestionKind, Callable[[], list[str]]] = {
        QuestionKind.SCALE: lambda: [str(max(1, min(question.top, round(draw.gauss(level, 0.7)))))],
        QuestionKind.SINGLE: lambda: [
            draw.choices([v for v, _w in question.values], _WEIGHTS[: len(question.values)])[0]
        ],
        QuestionKind.SEVERAL: lambda: draw.sample([v for v, _w in question.values], 2),
        QuestionKind.NUMBER: lambda: [str(draw.randint(2, 30))],
    }
    if question.kind in writers:
        return writers[question.kind]()
    said = _SAID.get(question.key.partition("-")[0], ())
    return [draw.choice(said)] if said and draw.random() < 0.3 else []


_WEIGHTS = (6, 4, 2, 1, 1, 1, 1, 1)
