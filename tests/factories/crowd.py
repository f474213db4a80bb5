"""One more of everything: the same world, fuller. A page may not ask the database more often for it."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from decimal import Decimal

from innovate.accounts.models import User, UserSession
from innovate.audit.models import SigningKey
from innovate.audit.services import make_checkpoint, record
from innovate.clinics.models import ClinicRules
from innovate.core.db import db
from innovate.documents.domain.texts import Text
from innovate.documents.models import PaperSettings, PaperText
from innovate.editions.models import PastEntry
from innovate.events.domain.eligibility import RuleKind
from innovate.events.domain.kinds import PhaseKind, Role
from innovate.events.domain.seal import BoardState
from innovate.events.models import (
    EligibilityRule,
    Event,
    Group,
    Phase,
    PhaseChange,
    Prize,
    Question,
    Resource,
    RoleInvitation,
    Track,
)
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import Decision, IdeaState
from innovate.ideas.models import Disqualification, Extension, Idea, IdeaFile, IdeaRevision, Screening
from innovate.impact.domain.kinds import Asked, Check
from innovate.impact.models import Actual, FollowUp, Innovation
from innovate.notifications.models import MailState, OutboxMail
from innovate.results.domain.bundle.inputs import Publication
from innovate.results.models import (
    Board,
    BoardChange,
    BoardSignOff,
    CommitteePack,
    FrozenResult,
    ObjectionExtension,
    RoundRules,
    Snapshot,
    StandingRow,
    TieRuling,
)
from innovate.results.services.feedback import open_feedback
from innovate.scoring.domain.leaks import LeakKind
from innovate.scoring.models.ballots import Ballot, BallotChange, BallotScore, BallotState
from innovate.scoring.models.jury import Conflict, ConflictSource
from innovate.scoring.models.leaks import FileLeak, FileScan
from innovate.scoring.models.rounds import Criterion, Round, RoundEntry, Rubric
from innovate.skills.models import SkillEndorsement
from innovate.teams.models import JoinRequest, OpenRole, Team, TeamInvitation
from innovate.visits.domain.states import VisitEffect, VisitState
from innovate.visits.models import VisitChange, VisitItem
from tests.factories.agenda import add_to_the_agenda
from tests.factories.alike import add_alike
from tests.factories.archive import make_index, make_past, make_pending, make_template
from tests.factories.boards import climb, make_objection, make_special, make_withdrawal
from tests.factories.build import (
    NOW,
    add,
    give_role,
    make_assignment,
    make_ballot,
    make_checklist_item,
    make_event,
    make_field,
    make_idea,
    make_membership,
    make_practice,
    make_round,
    make_rule,
    make_team,
    make_unit,
    make_user,
)
from tests.factories.bundles import make_result_bundle
from tests.factories.clinics import make_action, make_booking, make_skill, make_slot, rate, show
from tests.factories.crowd_jury import add_pitch_day, add_to_the_jury
from tests.factories.crowd_quizzes import add_to_the_quizzes
from tests.factories.crowd_units import add_to_the_units
from tests.factories.crowd_votes import add_to_the_votes
from tests.factories.documents import make_document, make_letter
from tests.factories.impact import furnish, make_followup, make_innovation, make_replication, make_request
from tests.factories.learned import add_more_training
from tests.factories.partners import add_to_the_partners
from tests.factories.privacy import (
    make_access,
    make_breach,
    make_case,
    make_consent,
    make_export,
    make_impact,
    make_notice,
)
from tests.factories.surveys import add_to_the_surveys
from tests.factories.visits import make_visit, make_visit_photo
from tests.factories.world import EVENT_ROLES, World

_numbers = itertools.count(1)


def add_one_more(world: World) -> None:
    """Another row wherever a page of the world shows rows, and another competition with the same people in it."""
    number = next(_numbers)
    _define(world.event, world, number)
    _people(world.event, world, number)
    _team(world.team, world, number)
    idea = _entries(world.event, world)
    add_alike(world.idea, idea, world.users["secretariat"].id)
    _trail_of(world.idea, world, number)
    _jury(world.round, idea, world)
    add_to_the_jury(world, idea, number)
    add_to_the_partners(world)
    add_to_the_votes(world, idea, number)
    add_to_the_quizzes(world, number)
    _visits(idea, world, number)
    _clinics(idea, world, number)
    _impact(idea, world)
    add_to_the_units(world)
    add_to_the_surveys(world.values["survey"], world.event, world.users["organizer"])
    _board(world.round, idea, world, number)
    _site(world, number)
    _protect(world)
    add_to_the_agenda(world, number)
    _another_event(world)
    _archive(world, number)
    db.session.flush()


def _protect(world: World) -> None:
    """One more of whatever the rooms of data protection list."""
    captain, admin = world.users["captain"], world.users["admin"]
    make_case(captain)
    make_case(make_user())
    make_export(captain)
    make_consent(captain)
    make_impact(world.event, world.users["organizer"])
    make_breach(admin)
    make_notice(admin)
    make_access(admin, subject_id=captain.id)
    make_access(admin, "teams", event_id=world.event.id)


def _archive(world: World, n: int) -> None:
    """Another template, another past edition, another version and another winner of the world's own."""
    keeper = world.users["site_organizer"]
    make_template(keeper)
    make_past(keeper, n + 1)
    shown = world.values["past_edition"]
    add(
        PastEntry(
            edition_id=shown.id, import_id=world.values["past_import"].id, title=f"Lama {n}", award="Juara"
        )
    )
    make_pending(keeper)


def _define(event: Event, world: World, n: int) -> None:
    add(Group(event_id=event.id, code=f"G{n}", name=f"Kelompok {n}", position=n + 5))
    add(Track(event_id=event.id, code=f"kategori-{n}", name=f"Kategori {n}", position=n + 5))
    make_field(event, f"isian-{n}", position=n + 5)
    make_checklist_item(event, f"Syarat {n}")
    known = {rule.kind for rule in db.session.query(EligibilityRule).filter_by(event_id=event.id)}
    make_rule(event, next(kind for kind in RuleKind if kind not in known))
    add(Prize(event_id=event.id, name=f"Penghargaan {n}", position=n + 5))
    add(Question(event_id=event.id, question=f"Pertanyaan {n}", answer="Ya.", position=n))
    add(Resource(event_id=event.id, title=f"Rujukan {n}", url="https://kota.example/rujukan", position=n))
    phase = world.values["phase"]
    add(
        PhaseChange(
            phase_id=phase.id,
            at=NOW,
            actor_id=world.users["organizer"].id,
            reason="Listrik padam",
            old_starts_at=phase.starts_at,
            old_ends_at=phase.ends_at,
            new_starts_at=phase.starts_at,
            new_ends_at=phase.ends_at + timedelta(days=n),
            number=f"B/{n}",
            letter_id=make_letter(event, world.users["organizer"]).id,
        )
    )


def _people(event: Event, world: World, n: int) -> None:
    for role in Role:
        give_role(event, make_user(unit_id=make_unit().id), role).public_title = f"Peran {n}"
    add(
        RoleInvitation(
            event_id=event.id,
            email=f"calon{n}@untan.example",
            role=Role.MENTOR,
            invited_by_id=world.users["organizer"].id,
            created_at=NOW,
            expires_at=NOW + timedelta(days=30),
        )
    )


def _team(team: Team, world: World, n: int) -> None:
    make_membership(team, make_user(), sole_event_id=team.event_id)
    add(JoinRequest(team_id=team.id, user_id=make_user().id, message="Saya analis.", created_at=NOW))
    add(OpenRole(team_id=team.id, title=f"Peran {n}", created_at=NOW))
    invitation = {"email": f"teman{n}@kota.example", "invited_by_id": team.captain_id, "created_at": NOW}
    add(TeamInvitation(team_id=team.id, **invitation))
    extension = {"until": NOW + timedelta(days=n), "reason": "Listrik padam", "granted_at": NOW}
    extension["letter_id"] = make_letter(world.event, world.users["organizer"]).id
    add(
        Extension(
            event_id=team.event_id, team_id=team.id, granted_by_id=world.users["organizer"].id, **extension
        )
    )


def _entries(event: Event, world: World) -> Idea:
    """A draft, one in the screening queue, and one being judged, each of a team and unit of its own."""
    for state in (IdeaState.DRAFT, IdeaState.SUBMITTED, IdeaState.RETURNED, IdeaState.ELIGIBLE):
        captain = make_user(unit_id=make_unit().id)
        team = make_team(event, captain, make_user(), group_id=world.team.group_id, locked_at=NOW)
        idea = make_idea(team, state=state, in_gallery=True)
    return idea


def _trail_of(idea: Idea, world: World, n: int) -> None:
    captain, pinned = world.users["captain"], db.session.get_one(IdeaRevision, idea.submitted_revision_id)
    said = {"title": f"JUDUL {n}", "answers": {"ringkasan": f"Ringkasan {n}"}}
    add(IdeaRevision(idea_id=idea.id, number=n + 1, author_id=captain.id, at=NOW, **said))
    file = {"filename": f"bukti-{n}.pdf", "media_type": "application/pdf", "size": 9, "sha256": "0" * 64}
    where = {"field_key": world.values["field"].key, "storage_key": world.values["file"].storage_key}
    file_ = add(IdeaFile(idea_id=idea.id, uploaded_by_id=captain.id, uploaded_at=NOW, **file, **where))
    pinned.files = [*pinned.files, file_.id]
    add(FileScan(file_id=file_.id, names="0" * 64, scanned_at=NOW))
    around = {"before": "Disusun ", "found": f"Tim {n}", "after": "."}
    add(FileLeak(file_id=file_.id, page=1, kind=LeakKind.TEAM, name=f"Tim {n}", found_at=NOW, **around))
    decided = {"decision": Decision.PASS, "decided_by_id": world.users["secretariat"].id, "at": NOW}
    undone = {"undone_at": NOW, "undone_by_id": world.users["organizer"].id, "undo_reason": "Keliru"}
    add(Screening(idea_id=idea.id, revision_id=pinned.id, **decided, **undone))
    lifted = {"lifted_at": NOW, "lifted_by_id": world.users["organizer"].id, "lifted_reason": "Keliru"}
    by = {"by_id": world.users["organizer"].id, "at": NOW}
    about = {"before": IdeaState.ELIGIBLE, "rule": f"Juknis {n}", "reason": "Sudah pernah menang."}
    add(Disqualification(idea_id=idea.id, **about, **by, **lifted))


def _jury(round_: Round, idea: Idea, world: World) -> None:
    """Entries before the juror, handed in, begun and untouched; colleagues' ballots, conflicts, rubrics, finalists."""
    juror, other = world.users["juror"], world.users["other_juror"]
    _add_criterion(round_)
    criteria = db.session.query(Criterion).filter_by(rubric_id=round_.rubric_id).count()
    for seat in (make_assignment(round_, idea, juror), make_assignment(round_, world.idea, make_user())):
        _keep_change(make_ballot(seat, [3] * criteria))
    for user in (world.users["chair"], make_user()):
        make_assignment(round_, idea, user)
    begun = make_idea(make_team(world.event), state=IdeaState.ELIGIBLE)
    make_ballot(make_assignment(round_, begun, juror), [2] * criteria, state=BallotState.DRAFT)
    untouched = make_idea(make_team(world.event), state=IdeaState.ELIGIBLE)
    make_assignment(round_, untouched, juror, cleared_at=None)
    final = db.session.get_one(Round, world.values["final_id"])
    make_assignment(final, idea, juror)
    by = {"added_by_id": world.users["organizer"].id, "added_at": NOW}
    add(RoundEntry(round_id=final.id, idea_id=idea.id, **by))
    said = {"reason": "Pernah membimbing", "declared_by_id": other.id, "at": NOW}
    for entry, who in ((idea, other), (make_idea(make_team(world.event), state=IdeaState.ELIGIBLE), juror)):
        about = {"event_id": world.event.id, "idea_id": entry.id, "user_id": who.id}
        add(Conflict(source=ConflictSource.DECLARED, **about, **said))
    versions = db.session.query(Rubric).filter_by(round_id=round_.id).count()
    add(Rubric(round_id=round_.id, version=versions + 1, reason="Diganti", created_at=NOW))


def _add_criterion(round_: Round) -> None:
    scale = {"name": "Tambahan", "weight": Decimal(5), "position": 9}
    criterion = add(Criterion(rubric_id=round_.rubric_id, **scale))
    for ballot in db.session.query(Ballot).filter_by(rubric_id=round_.rubric_id):
        add(BallotScore(ballot_id=ballot.id, criterion_id=criterion.id, value=Decimal(3)))


def _keep_change(ballot: Ballot) -> None:
    before = {"values": {}, "notes": {}, "comment_team": "", "comment_internal": "", "state": "draft"}
    add(
        BallotChange(
            ballot_id=ballot.id, version=1, actor_id=ballot.user_id, action="save", before=before, at=NOW
        )
    )


def _board(round_: Round, idea: Idea, world: World, n: int) -> None:
    board = db.session.query(Board).filter_by(round_id=round_.id).one()
    by = world.users["organizer"].id
    taken = {"sha256": "0" * 64, "taken_by_id": by, "taken_at": NOW}
    old = {"superseded_at": NOW, "superseded_reason": "Salah bobot"}
    earlier = add(Snapshot(board_id=board.id, number=n + 1, **taken, **old))
    _proofs(earlier, world, n)
    place = {"position": n + 1, "rank": n + 1, "group_code": "A", "raw": 50.0, "score": 50.0, "ballots": 1}
    names = {"idea_public_id": idea.public_id, "title": idea.title, "team_name": f"Tim {n}"}
    add(StandingRow(snapshot_id=board.snapshot_id, idea_id=idea.id, award="Juara", **place, **names))
    add(TieRuling(round_id=round_.id, order=[idea.id], reason="Sidang pleno.", made_by_id=by, made_at=NOW))
    step = {"before": BoardState.FROZEN, "after": BoardState.ANNOUNCED, "actor_id": by, "at": NOW}
    add(BoardChange(board_id=board.id, **step))
    signed = {"sha256": "0" * 64, "user_id": by, "is_chair": False, "at": NOW}
    add(BoardSignOff(board_id=board.id, snapshot_id=board.snapshot_id, **signed))
    make_objection(board, world.idea, world.users["captain"])
    longer = {"old_until": NOW, "new_until": NOW, "reason": "Hari libur.", "actor_id": by, "at": NOW}
    add(ObjectionExtension(board_id=board.id, snapshot_id=board.snapshot_id, **longer))
    make_withdrawal(board, idea, world.users["organizer"])
    make_special(board, idea, world.users["organizer"])
    gone = {"revoked_at": NOW, "revoked_by_id": by, "revoked_reason": "Keliru memilih karya"}
    make_special(board, idea, world.users["organizer"], **gone)


def _impact(idea: Idea, world: World) -> None:
    """Another entry in use, one more of everything the world's has, and a replication of it."""
    captain = world.users["captain"]
    furnish(make_innovation(idea), captain, make_user())
    own = world.values["innovation"]
    child = make_replication(own, make_user(), unit_id=world.team.unit_id)
    make_request(own, make_user(), state=Asked.ACCEPTED, child_id=child.id)
    make_request(own, make_user())
    furnish(child, make_user(), make_user())
    add(
        Actual(
            indicator_id=world.values["indicator"].id,
            first=date(2020 + _impact_years(own), 1, 1),
            last=date(2020 + _impact_years(own), 12, 31),
            value=Decimal(9),
            by_id=captain.id,
            at=NOW,
        )
    )
    make_followup(
        own, months=24 * (1 + _impact_years(own)), check=Check.VERIFIED, answered_at=NOW, story="Lancar."
    )


def _impact_years(innovation: Innovation) -> int:
    """How often the innovation was asked, so that each asking and period is another."""
    return db.session.query(FollowUp).filter_by(innovation_id=innovation.id).count()


def _visits(idea: Idea, world: World, n: int) -> None:
    """Further visits to the world's entry and to another, each with somebody more, a photo and an amendment."""
    organizer, juror = world.users["organizer"], world.users["juror"]
    add(VisitItem(event_id=world.event.id, label=f"Butir {n}", position=n + 5))
    for each in (idea, world.idea):
        make_visit(each, organizer, juror, make_user())
        noted = {"effect": VisitEffect.NOTE, "jury_note": f"Catatan {n}", "shared": "Lengkapi SOP."}
        make_visit(each, organizer, juror, state=VisitState.FINISHED, **noted)
    make_visit_photo(world.values["visit"], organizer, caption=f"Foto {n}")
    before = {"answers": [], "findings": f"Temuan {n}", "conclusion": "", "effect": "none", "jury_note": ""}
    about = {"visit_id": world.values["visit"].id, "actor_id": organizer.id, "at": NOW, "reason": "Keliru"}
    add(VisitChange(before=before, **about))


def _clinics(idea: Idea, world: World, n: int) -> None:
    """Another skill and who rated it, another clinic of each team with the world's mentor and with another."""
    make_skill(f"Keterampilan {n}")
    person, mentor = make_user(), world.users["mentor"]
    team = db.session.get_one(Team, idea.team_id)
    other = make_user()
    give_role(world.event, other, Role.MENTOR)
    for user in (person, *(world.users[name] for name in ("captain", "member", "stranger", "other_captain"))):
        rate(user, 2 + n % 2, at=NOW + timedelta(minutes=n))
        rate(user, 3, f"Keterampilan {n}")
    show(person)
    about = {"skill_id": make_skill(f"Keterampilan didukung {n}").id, "endorser_id": mentor.id, "level": 2}
    for name in ("member", "captain"):
        where = {"user_id": world.users[name].id, "team_id": world.team.id, "at": NOW}
        add(SkillEndorsement(**about, **where))
    if not db.session.get(ClinicRules, world.event.id):
        add(ClinicRules(event_id=world.event.id, per_team=100))
    else:
        add(ClinicRules(event_id=make_event().id))
    for each, offers, hours in ((world.team, mentor, 50), (team, mentor, 51), (team, other, 52)):
        booking = make_booking(make_slot(world.event, offers, NOW + timedelta(hours=hours + 10 * n)), each)
        make_action(booking, f"Tindak lanjut {n}", due_on=NOW.date())
        make_action(booking, f"Selesai {n}", done_at=NOW, done_by_id=world.users["captain"].id)
        make_slot(world.event, offers, NOW + timedelta(hours=hours + 10 * n + 5))
    make_action(world.values["booking"], f"Satu lagi {n}")


def _proofs(snapshot: Snapshot, world: World, n: int) -> None:
    """An earlier ranking's ballots and bundle, an earlier key, and a checkpoint."""
    kept = {"storage_key": f"aa/{n}", "root": "0" * 64, "ballots": 1, "jurors": 1}
    add(FrozenResult(snapshot_id=snapshot.id, checkpoint=1, **kept))
    make_result_bundle(snapshot.id, Publication.FULL)
    ended = {"valid_from": NOW - timedelta(days=n + 1), "valid_until": NOW - timedelta(days=n)}
    add(SigningKey(key_id=f"{n:08}", public=f"{n:064}", **ended))
    about = {"action": "x.y", "object_type": "user", "object_id": n}
    record(**about, actor_id=world.users["organizer"].id, at=NOW)
    make_checkpoint(at=NOW)


def _site(world: World, n: int) -> None:
    make_unit(parent_id=world.users["stranger"].unit_id)
    for user in world.users.values():
        times = {"created_at": NOW, "expires_at": NOW + timedelta(days=14)}
        add(UserSession(user_id=user.id, token_hash=f"{user.id}-{n}".ljust(64, "x"), **times))
    for state in (MailState.SENT, MailState.FAILED, MailState.PENDING):
        about = {
            "template": "team_invitation",
            "context": {},
            "event_id": world.event.id,
            "subject": "Undangan",
        }
        times = {
            "created_at": NOW,
            "next_attempt_at": NOW,
            "sent_at": NOW if state is MailState.SENT else None,
        }
        add(OutboxMail(address=f"tujuan{n}@kota.example", state=state, body="Isi", **about, **times))
    record(
        "event.update",
        actor_id=world.users["organizer"].id,
        at=NOW,
        object_type="event",
        object_id=world.event.id,
        event_id=world.event.id,
        after={"team_max": n},
    )


def _another_event(world: World) -> None:
    """The same people elsewhere, in the same roles; announced, so that the front page has its winners too."""
    event = make_event(shift_days=-17)
    for name, role in EVENT_ROLES.items():
        give_role(event, world.users[name], role)
    idea = make_idea(make_team(event, *_pair(world)), state=IdeaState.ELIGIBLE, in_gallery=True)
    add(Prize(event_id=event.id, name="Juara I", rank=1))
    round_ = make_round(event)
    make_assignment(round_, idea, world.users["juror"])
    make_ballot(make_assignment(round_, idea, world.users["chair"]), [4] * 5)
    climb(event, world.users["organizer"])
    actor = get_actor(event.slug, world.users["organizer"])
    open_feedback(actor, at=NOW)
    about = {"storage_key": "x", "size": 1, "sha256": "0" * 64}
    about |= {
        "minutes_key": about["storage_key"],
        "minutes_size": about["size"],
        "minutes_sha256": about["sha256"],
    }
    add(CommitteePack(event_id=event.id, **about, made_by_id=actor.user_id, made_at=NOW))
    _papers(event, world)
    make_impact(event, world.users["organizer"])
    add_more_training(world)
    _more_rounds(world)


def _papers(event: Event, world: World) -> None:
    """Certificates of two people and the letterhead, and one more paper of the world's own event."""
    make_document(world.event, world.users["organizer"])
    for name in ("captain", "member"):
        make_document(event, world.users["organizer"], world.users[name])
    add(PaperSettings(event_id=event.id, institution="Bagian Organisasi", place="Pontianak"))
    made = {"created_by_id": world.users["organizer"].id, "created_at": NOW}
    known = db.session.query(PaperText).filter_by(event_id=world.event.id).count()
    written = {"event_id": world.event.id, "text": Text.ORIGINALITY, "version": known + 1}
    add(PaperText(**written, parts={"title": f"Pernyataan {known}"}, **made))


def _pair(world: World) -> tuple[User, User]:
    return world.users["captain"], world.users["member"]


def _more_rounds(world: World) -> None:
    """A later judging phase with its round."""
    times = {"starts_at": NOW + timedelta(days=9), "ends_at": NOW + timedelta(days=10)}
    event_id = world.event.id
    phase = add(Phase(event_id=event_id, kind=PhaseKind.JUDGING, name="Tambahan", position=9, **times))
    round_ = add(Round(event_id=event_id, phase_id=phase.id))
    make_index(round_)
    add(RoundRules(round_id=round_.id, tie_order=["shared"]))
    rubric = add(Rubric(round_id=round_.id, created_at=NOW))
    add(Criterion(rubric_id=rubric.id, name="Kebaruan", weight=Decimal(100)))
    round_.rubric_id = rubric.id
    make_practice(round_)
    add_pitch_day(world, round_)
