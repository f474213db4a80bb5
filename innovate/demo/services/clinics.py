"""Clinics of the demo: a mentor offers mornings, teams book, some was noted and agreed, some is still to come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from innovate.clinics.domain.slots import Offer, Outcome, Terms
from innovate.clinics.models import ClinicSlot
from innovate.clinics.queries.bookings import get_booking
from innovate.clinics.queries.slots import get_slot
from innovate.clinics.services.booking import book_slot
from innovate.clinics.services.offering import offer_slots
from innovate.clinics.services.recording import add_action, save_notes, tick_action
from innovate.demo.services.competition import Competition
from innovate.demo.services.entries import Entry
from innovate.skills.queries.framework import list_skills
from innovate.skills.queries.profiles import map_levels
from innovate.skills.services.endorsing import endorse
from innovate.teams.queries import get_team

MENTOR = "ratu-ayu"
_TAUGHT = ("analisis-data", "desain-layanan", "manajemen-proyek")
_HOUR = timedelta(hours=1)
_QUESTIONS = (
    "Data apa yang cukup untuk membuktikan waktu tunggu warga benar berkurang?",
    "Bagaimana menjaga layanan tetap berjalan bila petugas yang paham dipindahkan?",
    "Apakah cakupan kami terlalu lebar untuk dikerjakan dalam enam bulan?",
    "Bagaimana menuliskan manfaat dengan angka, bukan dengan kata sifat?",
    "Siapa saja yang perlu dilibatkan sebelum uji coba dimulai?",
)
_NOTES = (
    (
        "Masalahnya jelas dan dekat dengan warga. Ukurannya belum: pilih satu angka, hitung keadaan sekarang selama "
        "dua minggu, lalu tetapkan target. Batasi uji coba pada satu lokasi agar hasilnya dapat dibandingkan."
    ),
    (
        "Alur layanan sudah runtut. Yang menghambat adalah formulir rangkap; coba satukan dan uji pada sepuluh warga. "
        "Tulis siapa yang menggantikan bila pengelola cuti."
    ),
)
_ACTIONS = (
    ("Hitung waktu tunggu selama sepuluh hari kerja", "Ketua tim"),
    ("Uji formulir satu halaman pada sepuluh warga", "Seluruh anggota"),
    ("Minta kesediaan lurah menjadi lokasi uji coba", "Ketua tim"),
)


def plan_clinics(
    played: Competition,
    entries: Sequence[Entry],
    offered: datetime,
    first: datetime,
    *,
    count: int,
    weeks: int,
) -> None:
    """The mentor offers `count` half hours from `first` on in each of `weeks` weeks; a day later teams book."""
    played.plan(offered, partial(_offer, played, entries, first, count, weeks))


def _offer(
    played: Competition, entries: Sequence[Entry], first: datetime, count: int, weeks: int, at: datetime
) -> None:
    known = {skill.code: skill.public_id for skill in list_skills()}
    terms = Terms(
        topic="Ukuran keberhasilan dan rencana uji coba",
        place="Ruang Kolaborasi, Bagian Organisasi",
        skills=[known[code] for code in _TAUGHT if code in known],
    )
    slots = offer_slots(played.on.actor(MENTOR), Offer(first, 30, count, 10, weeks), terms, at=at)
    for nth, (entry, slot) in enumerate(zip(entries, slots, strict=False)):
        played.plan(at + timedelta(hours=20, minutes=17 * nth), partial(_book, played, entry, slot, nth))


def _book(played: Competition, entry: Entry, slot: ClinicSlot, nth: int, at: datetime) -> None:
    actor = played.on.actor(entry.members[0])
    team = get_team(actor.event.id, entry.registered.public_id)
    current = get_slot(actor.event.id, slot.public_id)
    question = _QUESTIONS[nth % len(_QUESTIONS)]
    booking = book_slot(actor, team, current, question=question, at=at)
    played.plan(slot.ends_at + _HOUR, partial(_record, played, entry, booking.public_id, nth))


def _record(played: Competition, entry: Entry, public_id: str, nth: int, at: datetime) -> None:
    """Notes and two agreed actions; every fourth team did not come; members are endorsed in what they rate."""
    mentor = played.on.actor(MENTOR)
    booking = get_booking(mentor.event.id, public_id)
    held = nth % 4 != 3
    notes = _NOTES[nth % len(_NOTES)] if held else "Tim tidak hadir dan tidak memberi kabar."
    outcome = Outcome.HELD if held else Outcome.MISSED
    save_notes(mentor, booking, outcome=outcome, notes=notes, version=0, at=at)
    if not held:
        return
    due = (booking.slot.starts_at + timedelta(days=9)).date()
    chosen = (_ACTIONS[nth % len(_ACTIONS)], _ACTIONS[(nth + 1) % len(_ACTIONS)])
    made = [add_action(mentor, booking, text=text, who=who, due_on=due, at=at) for text, who in chosen]
    captain = played.on.actor(entry.members[0])
    done = made[0].public_id
    played.plan(at + timedelta(days=1), lambda at: _tick(played, entry, public_id, done, at))
    team = get_team(mentor.event.id, entry.registered.public_id)
    levels = map_levels([captain.user_id]).get(captain.user_id, {})
    seen = [skill.public_id for skill in list_skills() if levels.get(skill.id, 0) > 0][:2]
    person = played.on.world.people[entry.members[0]]
    endorse(mentor, team, person.public_id, seen, at=at)


def _tick(played: Competition, entry: Entry, public_id: str, action_id: str, at: datetime) -> None:
    captain = played.on.actor(entry.members[0])
    tick_action(captain, get_booking(captain.event.id, public_id), action_id, done=True, at=at)
