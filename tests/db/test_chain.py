"""One competition through its services: what the browser journey walks through pages, on both databases."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from innovate.accounts.domain.limits import place_of
from innovate.accounts.models import Employment, User
from innovate.accounts.services import people, signup
from innovate.accounts.services.tokens import CONFIRM, Signer
from innovate.audit.queries import find_chain_fault, list_entries
from innovate.core.db import db
from innovate.core.errors import NotFound, Refused
from innovate.events.domain.kinds import PhaseKind, Role
from innovate.events.domain.seal import BoardState
from innovate.events.domain.template import propose_timetable
from innovate.events.models import RoleInvitation
from innovate.events.policy import Actor
from innovate.events.queries import get_actor
from innovate.events.services import creation, launch, settings
from innovate.events.services import people as event_people
from innovate.events.services.templates import find_template
from innovate.ideas.domain.lifecycle import Decision, IdeaState
from innovate.ideas.domain.merging import Posted
from innovate.ideas.domain.screening import seen_token
from innovate.ideas.models import Idea
from innovate.ideas.queries.screening import list_screenings
from innovate.ideas.services import drafts, screening, submission
from innovate.notifications.models import OutboxMail
from innovate.privacy.queries.impact import waits_for_signature
from innovate.results.queries.boards import compute_rows, find_public_board, get_board, load_standing
from innovate.results.queries.snapshots import Filter
from innovate.scoring.domain.rubric import Filled
from innovate.scoring.models.ballots import BallotState
from innovate.scoring.models.jury import Assignment
from innovate.scoring.queries.ballots import get_sheet
from innovate.scoring.queries.pact import get_wording
from innovate.scoring.queries.previews import get_preview
from innovate.scoring.queries.rounds import get_round
from innovate.scoring.services import ballots, conflicts, draws, pact, rounds
from innovate.tasks.services import run_here
from innovate.teams.models import Team
from innovate.teams.services import joining, leading
from tests.factories.boards import climb
from tests.factories.build import NOW, make_unit
from tests.factories.privacy import make_impact

ZONE = ZoneInfo("Asia/Pontianak")
SLUG = "ideathon-parit-kita"
SIGNER = Signer("secret")
LONG_ANSWERS = ("ringkasan", "masalah", "gagasan", "kebaruan", "rencana_uji_coba", "risiko")
LADDER = (
    BoardState.COLLECTING,
    BoardState.PROVISIONAL,
    BoardState.FROZEN,
    BoardState.SIGNED,
    BoardState.ANNOUNCED,
)


def test_from_the_call_for_ideas_to_the_published_ranking(db_session) -> None:
    organizer, _new = people.create_admin("panitia@kota.example", "Nurul Salsabila", "hash", at=NOW)
    publish(organizer)
    secretary = invite(organizer, Role.SECRETARIAT, "wulan@kota.example")
    chair = invite(organizer, Role.CHAIR, "ngadi@untan.example")
    juror = invite(organizer, Role.JUROR, "hendra@untan.example")
    captain, member = sign_up("dewi@kota.example"), sign_up("bagus@kota.example")

    team = register(captain, member)
    idea = write_and_submit(captain, team)
    screen(secretary, idea)
    draw(organizer, jurors={chair.id, juror.id})
    score(juror, "4534")  # 3/4 of 25, 4/4 of 25, 2/4 of 30, 3/4 of 20: 73.75
    score(chair, "5555")  # 100
    announce(organizer)

    view = find_public_board(as_(None).event)
    (row,) = load_standing(as_(None).event, view, Filter()).rows.items
    assert (row.title, row.team_name) == ("PARIT BERSIH", "Tim Parit Bersih")
    assert (row.rank, row.ballots, row.score) == (1, 2, pytest.approx(86.875))
    expect_the_trail(idea)


def as_(user: User | None) -> Actor:
    """The person as they stand in the competition now."""
    return get_actor(SLUG, user)


def during(kind: PhaseKind) -> datetime:
    """An hour into a phase."""
    return next(p.starts_at for p in as_(None).event.phases if p.kind is kind) + timedelta(hours=1)


def publish(organizer: User) -> None:
    """A competition from a template; it opens when nothing that matters is missing."""
    template = find_template("ideathon")
    timetable = propose_timetable(template.phases, date(2026, 12, 1), ZONE)
    new = creation.NewEvent("Ideathon Parit Kita", SLUG, timetable)
    creation.create_from_template(organizer, template, new, at=NOW)
    with pytest.raises(Refused):
        launch.publish_event(as_(organizer), at=NOW)
    settings.update_settings(as_(organizer), {"description": "Gagasan bagi warga tepi parit."}, at=NOW)
    launch.publish_event(as_(organizer), at=NOW)


def sign_up(email: str) -> User:
    """An account whose address is confirmed by the link in its mail."""
    person = signup.NewPerson(
        email, email.split("@", maxsplit=1)[0].title(), Employment.PNS, "hash", make_unit().id
    )
    place = place_of("secret", account=email, address="10.0.0.1", device="")
    links = signup.Links(confirm=lambda token: f"/konfirmasi/{token}")
    signup.sign_up(person, place, signer=SIGNER, links=links, at=NOW)
    mail = db.session.query(OutboxMail).filter_by(address=email, template="account_confirm").one()
    link = mail.context["path"]
    return signup.confirm_email(SIGNER.read(CONFIRM, link.rpartition("/")[2], at=NOW), at=NOW)


def invite(organizer: User, role: Role, email: str) -> User:
    """Somebody without an account is invited, makes one, and takes the role."""
    event_people.invite(as_(organizer), role, email=email, message_url=lambda nonce: f"/u/{nonce}", at=NOW)
    person = sign_up(email)
    invitation = db.session.query(RoleInvitation).filter_by(email=email).one()
    event_people.accept_invitation(person, invitation, at=NOW)
    assert as_(person).roles == {role}
    return person


def register(captain: User, member: User) -> Team:
    """A captain registers a team; a colleague joins by its link."""
    at = during(PhaseKind.REGISTRATION)
    group = as_(captain).event.groups[0]
    values = {
        "name": "Tim Parit Bersih",
        "description": "",
        "group_id": group.id,
        "unit_id": captain.unit_id,
        "is_listed": True,
    }
    team = leading.register_team(as_(captain), values=values, at=at)
    assert joining.join_by_link(as_(member), team.invite_nonce, at=at).id == team.id
    return team


def write_and_submit(captain: User, team: Team) -> Idea:
    """A proposal saved in two steps: incomplete it is refused and kept, complete it gets number and receipt."""
    at = during(PhaseKind.SUBMISSION)
    idea = drafts.create_idea(as_(captain), team, at=at)
    first = {"title": ["PARIT BERSIH"], "group": ["A"], "track": ["lingkungan"]}
    idea = drafts.save_draft(as_(captain), idea, Posted(first, idea.version), at=at).idea
    with pytest.raises(Refused):
        submission.submit_idea(as_(captain), idea, version=idea.version, in_gallery=True, at=at)
    rest = {f"f-{key}": ["Warga melaporkan parit tersumbat lewat pesan singkat."] for key in LONG_ANSWERS}
    rest |= {"f-sasaran": ["Warga tepi parit"], "f-perkiraan_biaya": ["12000000"]}
    idea = drafts.save_draft(as_(captain), idea, Posted(rest, idea.version), at=at).idea
    idea = submission.submit_idea(as_(captain), idea, version=idea.version, in_gallery=True, at=at)
    assert (idea.state, idea.number, idea.title) == (IdeaState.SUBMITTED, 1, "PARIT BERSIH")
    return idea


def screen(secretary: User, idea: Idea) -> None:
    """The secretariat lets the entry pass."""
    seen = seen_token(idea.submitted_revision_id, idea.state, list_screenings(idea.id))
    verdict = screening.Verdict(Decision.PASS, seen)
    screening.decide(as_(secretary), idea, verdict, at=during(PhaseKind.SCREENING))
    assert idea.state is IdeaState.ELIGIBLE


def draw(organizer: User, *, jurors: set[int]) -> None:
    """Two jurors for each entry, previewed, then applied as previewed."""
    at, actor = during(PhaseKind.JUDGING), as_(organizer)
    round_ = get_round(actor.event, 1)
    settings = {"weight": round_.weight, "takes_all": round_.takes_all, "carries": round_.carries}
    rounds.update_round(actor, round_, ballots_per_idea=2, **settings, at=at)
    task = draws.start_draw(actor, round_, seed=7, at=at)
    run_here(task, at=at)
    draws.apply_draw(actor, round_, get_preview(round_, task.public_id), at=at)
    assert {seat.user_id for seat in db.session.query(Assignment)} == jurors


def score(person: User, digits: str) -> None:
    """The entry opens with the declaration; the ballot is saved as a draft, then handed in."""
    at = during(PhaseKind.JUDGING)
    seat = db.session.query(Assignment).filter_by(user_id=person.id).one().public_id
    with pytest.raises(Refused):
        ballots.save_ballot(person, get_sheet(SLUG, seat, person.id), Filled(0, {}), at=at)
    round_ = get_round(as_(person).event, 1)
    if waits_for_signature(round_.event_id):
        with pytest.raises(Refused):
            pact.sign_pact(as_(person), round_, version=1, at=at)
        make_impact(as_(None).event, person)
    pact.sign_pact(as_(person), round_, version=get_wording(round_.event_id).version, at=at)
    assert conflicts.declare(as_(person), clear=[seat], conflicts={}, at=at) == (1, 0)
    sheet = get_sheet(SLUG, seat, person.id)
    values = dict(zip(sheet.criteria, digits, strict=True))
    saved = ballots.save_ballot(person, sheet, Filled(0, values), at=at)
    rows = compute_rows(as_(None).event, get_board(as_(None).event, 1))
    before = sum(row.ballots for row in rows)
    sheet = get_sheet(SLUG, seat, person.id)
    done = ballots.submit_ballot(person, sheet, Filled(saved.version, values), at=at)
    assert done.ballot_state is BallotState.SUBMITTED
    rows = compute_rows(as_(None).event, get_board(as_(None).event, 1))
    assert sum(row.ballots for row in rows) == before + 1


def announce(organizer: User) -> None:
    """Provisional, frozen, announced; sealed until the last step."""
    at = during(PhaseKind.ANNOUNCEMENT)
    for before, after in itertools.pairwise(LADDER):
        assert find_public_board(as_(None).event) is None
        climb(as_(organizer).event, organizer, before, after, at=at)


def expect_the_trail(idea: Idea) -> None:
    """Every step left its entry, nobody else's door opened, and the chain of entries holds."""
    db.session.flush()
    trail = {entry.action for entry, _detail in list_entries(event_id=as_(None).event.id).items}
    assert trail >= {"idea.submit", "idea.screen", "round.draw", "ballot.submit", "board.move"}
    assert find_chain_fault() is None
    stranger = sign_up("orang.lain@kota.example")
    with pytest.raises(NotFound):
        submission.withdraw_idea(as_(stranger), idea, at=during(PhaseKind.SUBMISSION))
