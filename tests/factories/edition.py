"""The city's edition on its first day: opened from the template `kota`, with its people, and two drafts of units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from innovate.accounts.models import SiteRole, Unit, User
from innovate.core.db import db
from innovate.demo.domain.papers import make_pdf
from innovate.endorsement.queries.chains import find_chain
from innovate.endorsement.services import asking, deciding
from innovate.endorsement.services.letters import NewLetter, Sent
from innovate.events.domain.kinds import PhaseKind, Role
from innovate.events.domain.template import propose_timetable
from innovate.events.models import EventRole
from innovate.events.policy import Actor
from innovate.events.queries import get_actor
from innovate.events.services import launch, settings, timetable
from innovate.events.services.creation import NewEvent, create_from_template
from innovate.events.services.templates import load_templates
from innovate.ideas.domain.lifecycle import Decision
from innovate.ideas.domain.merging import Posted
from innovate.ideas.domain.screening import seen_token
from innovate.ideas.models import Idea
from innovate.ideas.queries.ideas import get_idea
from innovate.ideas.queries.screening import list_checklist, list_screenings
from innovate.ideas.services import drafts, files, screening
from innovate.scoring.models.jury import Assignment, Juror
from innovate.scoring.models.rounds import Round
from tests.factories import build
from tests.factories.build import NOW
from tests.factories.endorsement import make_coordinator

SLUG = "inovasi-kota-2026"
ZONE = ZoneInfo("Asia/Pontianak")
WORDS = (
    "Kader menimbang balita setiap pagi, petugas puskesmas membaca angkanya hari itu juga, dan keluarga yang "
    "angkanya turun dikunjungi sebelum pekan berganti."
)
ANSWERS = {
    "kepanjangan": "Pantau tumbuh kembang balita setiap pagi",
    "mulai_uji_coba": "2025-02-03",
    "mulai_penerapan": "2025-07-01",
    "inisiator": "ASN",
    "bentuk": "Inovasi pelayanan publik",
    "jenis": "Non Digital",
    "tahapan": "Penerapan",
    "urusan": "Kesehatan",
    "keberlanjutan": WORDS,
    **dict.fromkeys(
        ("ringkasan", "ide_inovatif", "signifikansi", "kontribusi_tpb", "adaptabilitas", "kolaborasi"), WORDS
    ),
}


@dataclass
class Entry:
    """A unit's proposal with its team: two people, the captain first."""

    title: str
    unit: Unit
    captain: User
    idea: Idea


@dataclass
class Edition:
    """Everybody of the edition; `first` is a draft, `second` waits where `send_through` left it."""

    coordinator: User
    clerk: User
    chair: User
    juror: User
    organizer: User
    first: Entry
    second: Entry

    def actor(self, user: User) -> Actor:
        """The person acting in the edition."""
        return get_actor(SLUG, user)


def make_edition() -> Edition:
    """Published, without the round of presentations, so that judging is the last round; two ballots an entry."""
    organizer = build.make_user(name="Ratna Dewi", title_after="M.Si.", site_role=SiteRole.ADMIN)
    template = load_templates()["kota"]
    spans = propose_timetable(template.phases, date(2026, 11, 23), ZONE)
    new = NewEvent("Kompetisi Inovasi Kota 2026", SLUG, spans, host="Bagian Organisasi Kota Pontianak")
    create_from_template(organizer, template, new, at=NOW - timedelta(days=7))
    actor = get_actor(SLUG, organizer)
    final = next(phase for phase in actor.event.phases if phase.kind is PhaseKind.FINAL)
    timetable.remove_phase(actor, final, at=NOW)
    values = {"description": "Inovasi yang sudah berjalan di unit kerja.", "contact": "inovasi@kota.example"}
    settings.update_settings(actor, {**values, "place": "Balai Kota"}, at=NOW)
    db.session.expire_all()
    launch.publish_event(get_actor(SLUG, organizer), at=NOW)
    db.session.query(Round).filter_by(event_id=actor.event.id).one().ballots_per_idea = 2
    dinas = build.make_unit(name="Dinas Kesehatan")
    coordinator = build.make_user(name="Siti Rahma", unit_id=dinas.id)
    make_coordinator(dinas, coordinator, organizer)
    return Edition(
        coordinator=coordinator,
        clerk=_serve("Wulan Sekar", Role.SECRETARIAT),
        chair=_serve("Ngadiman Suryo", Role.CHAIR, title_before="Prof."),
        juror=_serve("Hendra Tanuwijaya", Role.JUROR),
        organizer=organizer,
        first=_write("POSYANDU PAGI", dinas, "Puskesmas Alianyang", ("Syarif Abdurrahman", "Dewi Kartika")),
        second=_write("SAHABAT IBU", dinas, "Puskesmas Karya Mulia", ("Rina Maharani", "Bagus Prasetyo")),
    )


def _serve(name: str, role: Role, **values: str) -> User:
    """A person of the committee; who judges has not signed the pact."""
    user, event = build.make_user(name=name, **values), get_actor(SLUG, None).event
    build.add(EventRole(event_id=event.id, user_id=user.id, role=role, created_at=NOW))
    if role in {Role.CHAIR, Role.JUROR}:
        build.add(Juror(event_id=event.id, user_id=user.id))
    return user


def _write(title: str, dinas: Unit, unit_name: str, names: tuple[str, str]) -> Entry:
    unit = build.make_unit(name=unit_name, parent_id=dinas.id)
    captain, member = (build.make_user(name=name, unit_id=unit.id) for name in names)
    actor = get_actor(SLUG, captain)
    group = next(each for each in actor.event.groups if each.code == "B")
    team = build.make_team(actor.event, captain, member, name=f"Tim {title}", group_id=group.id)
    idea = drafts.create_idea(actor, team, at=NOW)
    parts = {"title": [title], "group": ["B"], "track": ["pelayanan-publik"]}
    parts |= {f"f-{key}": [value] for key, value in ANSWERS.items()}
    drafts.save_draft(actor, idea, Posted(parts, idea.version), at=NOW, explicit=True)
    for key in ("bukti_dukung", "surat_dukungan"):
        content = make_pdf(f"{key} {title}", [WORDS])
        files.attach_file(
            actor, idea, key, filename=f"{key}.pdf", content=content, max_bytes=1_000_000, at=NOW
        )
    return Entry(title, unit, captain, idea)


def send_through(edition: Edition, entry: Entry) -> None:
    """The unit asked, endorsed with its letter, and handed in; the secretariat let it pass."""
    captain, head, clerk = map(edition.actor, (entry.captain, edition.coordinator, edition.clerk))
    event_id, key = captain.event.id, entry.idea.public_id
    idea = get_idea(event_id, key)
    asking.ask_unit(captain, idea, version=idea.version, in_gallery=True, at=NOW)
    content = make_pdf(f"Surat pengesahan {entry.title}", [WORDS])
    letter = NewLetter(
        Sent("surat.pdf", content, 1_000_000), "dr. Siti Rahma", "Kepala Dinas", "B/13/2026", NOW.date()
    )
    for act in (deciding.endorse, deciding.hand_in_for_team):
        chain = find_chain(idea.id)
        assert chain is not None
        more = {"letter": letter} if act is deciding.endorse else {}
        act(head, get_idea(event_id, key), seen=deciding.seen_mark(chain), at=NOW, **more)
    idea = get_idea(event_id, key)
    seen = seen_token(idea.submitted_revision_id, idea.state, list_screenings(idea.id))
    checks = {str(item.id): True for item in list_checklist(event_id)}
    verdict = screening.Verdict(
        decision=Decision.PASS, seen=seen, reason="", checks=checks, return_until=None
    )
    screening.decide(clerk, idea, verdict, at=NOW)


def seat_jury(edition: Edition) -> None:
    """Both jurors judge both entries; what they declare is theirs to say."""
    round_ = db.session.query(Round).filter_by(event_id=edition.actor(edition.organizer).event.id).one()
    for entry in (edition.first, edition.second):
        for user in (edition.chair, edition.juror):
            seat = {"round_id": round_.id, "idea_id": entry.idea.id, "user_id": user.id}
            build.add(Assignment(**seat, created_at=NOW))
