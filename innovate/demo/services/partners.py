"""Partners of the demo: two universities, two companies and a community, and what they bring to a competition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from innovate.accounts.models import Employment, User
from innovate.core.db import db
from innovate.demo.domain.cast import CAST
from innovate.demo.services.stage import ORGANIZER, World
from innovate.events.models import Event, Prize
from innovate.events.policy import Actor
from innovate.events.queries import get_actor, list_rows
from innovate.partners.domain.kinds import MixKind, OfferKind, OrganisationKind, StatementKind
from innovate.partners.domain.mix import MixRule
from innovate.partners.domain.statements import TEXTS, TITLES
from innovate.partners.models.organisations import Organisation
from innovate.partners.queries.asked import list_missing
from innovate.partners.services import asked, challenges, members, offers, organisations, proposals
from innovate.partners.services.datasets import Sent
from innovate.teams.models import Membership, Team
from innovate.teams.queries import get_team, list_teams_of

_EVENT = "ideathon-muda-khatulistiwa"
_COMMUNITY_MANAGER = "vincentius-alvin"
_JURORS = {"burhanuddin-salim", "cynthia-wirawan", "hendrikus-laban", "mahfud-effendy", "widya-kencanasari"}
_KINDS = OrganisationKind


@dataclass(frozen=True)
class _Partner:
    name: str
    kind: OrganisationKind
    website: str
    domains: str
    description: str


_PARTNERS = (
    _Partner(
        "Universitas Khatulistiwa Raya",
        _KINDS.UNIVERSITY,
        "https://ukr.example",
        "ukr.example",
        "Kampus dengan laboratorium data pesisir. Mahasiswanya bekerja bersama kelurahan sejak semester lima.",
    ),
    _Partner(
        "Universitas Muara Kapuas",
        _KINDS.UNIVERSITY,
        "https://umk.example",
        "umk.example",
        "Kampus kesehatan masyarakat dan perencanaan kota di tepi Kapuas.",
    ),
    _Partner(
        "PT Sinyal Borneo",
        _KINDS.COMPANY,
        "https://sinyalborneo.example",
        "sinyalborneo.example",
        "Penyedia jaringan sensor dan komputasi awan untuk pemerintah daerah.",
    ),
    _Partner(
        "PT Awan Nusa Digital",
        _KINDS.COMPANY,
        "https://awannusa.example",
        "",
        "Pengembang layanan pembayaran dan antrean untuk usaha kecil.",
    ),
    _Partner(
        "Komunitas Kode Tepian",
        _KINDS.COMMUNITY,
        "https://kodetepian.example",
        "",
        "Pemrogram muda yang bertemu setiap Sabtu dan membuka datanya untuk umum.",
    ),
)


def _write_levels() -> bytes:
    """One day of water levels in centimetres every five minutes, high at six and at eighteen o'clock."""
    lines = ["jam,titik,tinggi_cm"]
    for minute in range(0, 24 * 60, 5):
        level = 80 + round(60 * (1 - abs(minute % 720 - 360) / 360))
        lines.append(f"{minute // 60:02}:{minute % 60:02},1,{level}")
    return "\n".join(lines).encode()


_CHALLENGES: tuple[tuple[int, dict[str, Any]], ...] = (
    (
        2,
        {
            "title": "Peringatan dini genangan pasang",
            "background": "Genangan pasang datang tanpa kabar. Sensor kami mencatat tinggi air di **24 titik** setiap "
            "lima menit, tetapi warga belum menerima peringatan yang dapat dipercaya.",
            "criteria": "Peringatan sampai di kelurahan paling lambat satu jam sebelumnya, dan paling banyak satu "
            "dari sepuluh peringatan keliru.",
            "data": "Tinggi air dan curah hujan per lima menit selama dua tahun.",
            "data_url": "https://sinyalborneo.example/data/genangan",
            "data_terms": "Hanya untuk kompetisi ini. Titik sensor tidak boleh diterbitkan tanpa izin.",
            "contact": "riset@sinyalborneo.example",
            "capacity": 8,
        },
    ),
    (
        0,
        {
            "title": "Antrean puskesmas yang dapat diperkirakan",
            "background": "Pasien datang pukul enam pagi karena tidak tahu kapan dilayani. Kami meneliti pola "
            "kedatangannya bersama dua puskesmas.",
            "criteria": "Perkiraan waktu tunggu meleset paling banyak sepuluh menit pada hari kerja biasa.",
            "data": "Catatan kedatangan tanpa nama dari dua puskesmas.",
            "data_url": "",
            "data_terms": "Data anonim. Dilarang mencoba mengenali pasien.",
            "contact": "lab.data@ukr.example",
            "capacity": None,
        },
    ),
)
_DATA = {
    2: Sent("tinggi-air.csv", _write_levels(), 100_000),
    0: Sent("kedatangan-pasien.csv", b"hari,jam,pasien\nSenin,06,41\nSenin,07,38\nSenin,08,22\n", 100_000),
}
_OFFERS: tuple[tuple[int, dict[str, Any]], ...] = (
    (
        0,
        {
            "kind": OfferKind.RESEARCH,
            "title": "Kolaborasi riset enam bulan",
            "text": "Satu dosen dan dua mahasiswa magister menguji gagasan tim dengan metode yang dapat diulang.",
            "audience": "Tim dengan gagasan yang sudah diajukan",
            "needs": None,
            "places": 2,
        },
    ),
    (
        2,
        {
            "kind": OfferKind.CREDITS,
            "title": "Kredit komputasi awan untuk prototipe",
            "text": "Kredit senilai Rp10.000.000,00 dan pendampingan teknis selama kompetisi.",
            "audience": "Semua tim",
            "needs": None,
            "places": 5,
        },
    ),
    (
        3,
        {
            "kind": OfferKind.INTERNSHIP,
            "title": "Magang perancang layanan",
            "text": "Tiga bulan bersama tim produk, berbayar, untuk anggota yang masih kuliah.",
            "audience": "Mahasiswa semester lima ke atas",
            "needs": MixKind.STUDENT,
            "places": 1,
        },
    ),
)


def add_partners(world: World, *, at: datetime) -> None:
    """Everything, in the present transaction."""
    people = world.people
    free = _managers(world)
    organizer = people[ORGANIZER]
    rows = [
        _register(partner, manager, people["bayu-pamungkas"], organizer, at)
        for partner, manager in zip(_PARTNERS, free, strict=False)
    ]
    waiting = _Partner("Media Pesisir Kita", _KINDS.MEDIA, "", "", "Kabar warga dari lima kecamatan.")
    _begin(waiting, free[len(_PARTNERS)], at)
    event = db.session.scalar(select(Event).where(Event.slug == _EVENT))
    if event is None:
        return
    actor = get_actor(event.slug, organizer)
    _bring(actor, rows, free, at)
    _ask(actor, at)
    _take_up(actor, rows, free, at)


def _managers(world: World) -> list[User]:
    """People from outside of the city who are no juror, in a fixed order; the community's is somebody to sign in as."""
    cast = {sign_in.key for sign_in in CAST}
    outside = [
        user
        for key, user in sorted(world.people.items())
        if not user.employment.is_asn
        and key not in cast | _JURORS
        and user.employment is not Employment.STUDENT
    ]
    chosen = outside[: len(_PARTNERS)]
    return [*chosen[:4], world.people[_COMMUNITY_MANAGER], *chosen[4:]]


def _begin(partner: _Partner, manager: User, at: datetime) -> Organisation:
    return organisations.register_organisation(
        manager,
        name=partner.name,
        kind=partner.kind,
        description=partner.description,
        website=partner.website,
        at=at,
    )


def _register(partner: _Partner, manager: User, admin: User, organizer: User, at: datetime) -> Organisation:
    row = _begin(partner, manager, at)
    organisations.decide_organisation(organizer, row, accept=True, at=at)
    if partner.domains:
        organisations.set_domains(admin, row, partner.domains, at=at)
    return row


def _bring(actor: Actor, rows: list[Organisation], managers: list[User], at: datetime) -> None:
    """Two challenges become tracks, one waits; a prize is given, a mentor proposed."""
    for place, values in _CHALLENGES:
        found = challenges.propose_challenge(
            managers[place], rows[place], actor.event, values, file=_DATA[place], at=at
        )
        challenges.accept_challenge(actor, found, at=at)
    extra: Mapping[str, Any] = dict(_CHALLENGES[1][1]) | {"title": "Peta pohon peneduh jalan", "data_url": ""}
    challenges.propose_challenge(managers[4], rows[4], actor.event, extra, at=at)
    prize = _prizes(actor)[0]
    given = proposals.propose_prize(
        managers[3], rows[3], actor.event, prize, text="Kami menyokong dana uji cobanya.", at=at
    )
    proposals.answer_proposal(actor, given, accept=True, message_url=str, at=at)
    proposals.propose_mentor(
        managers[1], rows[1], actor.event, managers[1].public_id, text="Ahli perencanaan kota.", at=at
    )


def _prizes(actor: Actor) -> list[str]:
    """Public ids of the event's prizes in their order."""
    return [row.public_id for row in list_rows(Prize, actor.event.id)]


def _ask(actor: Actor, at: datetime) -> None:
    """One student in every team, and two statements."""
    asked.set_mix(actor, [MixRule(MixKind.STUDENT, 1)], at=at)
    for kind in StatementKind:
        asked.write_statement(actor, kind, title=TITLES[kind], text=TEXTS[kind], at=at)


def _take_up(actor: Actor, rows: list[Organisation], managers: list[User], at: datetime) -> None:
    """Offers; a team of students and others belongs to a university, accepts the statements and takes one up."""
    made = [
        offers.add_offer(managers[place], rows[place], {**values, "until": at + timedelta(days=60)}, at=at)
        for place, values in _OFFERS
    ]
    captains = _captains(actor.event.id)
    for number, captain in enumerate(captains[:3]):
        team = list_teams_of(actor.event.id, captain.id)[0]
        use = offers.ask_for_offer(
            captain,
            made[number % 2],
            team.public_id,
            text="Kami ingin menguji gagasan ini bersama Anda.",
            at=at,
        )
        if number == 0:
            place = _OFFERS[0][0]
            offers.answer_offer(managers[place], rows[place], use, accept=True, at=at)
            whole = get_team(actor.event.id, team.public_id)
            for membership in whole.memberships:
                members.join_by_link(membership.user, rows[0].invite_nonce, at=at)
            ids = [row.statement.public_id for row in list_missing(actor.event.id, [captain])]
            for membership in whole.memberships[:2]:
                member = get_actor(_EVENT, membership.user)
                asked.accept_statements(member, whole, ids, at=at)


def _captains(event_id: int) -> list[User]:
    """Captains of the event, those with students in their teams first."""
    query = (
        select(User, Team.id)
        .join(Team, Team.captain_id == User.id)
        .where(Team.event_id == event_id, Team.disbanded_at.is_(None))
        .order_by(Team.id)
    )
    students = set(
        db.session.scalars(
            select(Membership.team_id)
            .join(Membership.user)
            .where(Membership.event_id == event_id, User.employment == Employment.STUDENT)
        )
    )
    rows = list(db.session.execute(query).tuples())
    return [user for user, _team in sorted(rows, key=lambda row: (row[1] not in students, row[1]))]
