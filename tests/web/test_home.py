"""The front page, a person's home, and what search engines read."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest

from innovate.accounts.models import SiteRole
from innovate.core.db import db
from innovate.events.domain.kinds import EventState, PhaseKind, Role
from innovate.events.domain.seal import BoardState
from innovate.events.models import RoleInvitation
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.results.models import Board, Snapshot, StandingRow
from innovate.scoring.models.ballots import BallotState
from innovate.teams.models import TeamInvitation
from tests.factories.build import (
    NOW,
    give_role,
    make_assignment,
    make_ballot,
    make_event,
    make_field,
    make_idea,
    make_round,
    make_team,
    make_user,
)
from tests.support.queries import counted_queries


def home_of(sign_in_as, user) -> str:
    answer = sign_in_as(user).get("/beranda")
    assert answer.status_code == 200
    return answer.text


def step(text: str) -> str:
    """The headline of the gold card."""
    return text.split('id="langkah">')[1].split("</h1>", maxsplit=1)[0]


# -- the front page -----------------------------------------------------------------------------------------------


def test_the_open_competition_with_the_nearest_deadline_leads(client, app):
    make_event(name="Lomba Jauh", shift_days=5)  # opens later
    make_event(name="Lomba Dekat", shift_days=-2, tagline="Ajakan dekat")
    make_event(name="Lomba Sedang")
    make_event(name="Lomba Lampau", shift_days=-60)
    make_event(name="Lomba Rahasia", state=EventState.DRAFT)
    db.session.commit()
    text = client.get("/").text
    assert '<h1 id="utama" class="iv-front">Lomba Dekat</h1>' in text
    assert "Ajakan dekat" in text
    assert "Selasa, 1 Desember 2026 pukul 09.30 WIB" in text
    assert "Rahasia" not in text
    order = [text.index(f">Lomba {name}<") for name in ("Dekat", "Sedang", "Jauh", "Lampau")]
    assert order == sorted(order)


def test_winners_stand_on_the_front_page_once_announced(client, app):
    event = make_event(name="Lomba Lampau", shift_days=-60)
    idea = make_idea(make_team(event), state=IdeaState.ELIGIBLE)
    board = Board(event_id=event.id, round_id=make_round(event).id, state=BoardState.FROZEN)
    db.session.add(board)
    db.session.flush()
    snapshot = Snapshot(
        board_id=board.id, number=1, sha256="0" * 64, taken_by_id=make_user().id, taken_at=NOW
    )
    db.session.add(snapshot)
    db.session.flush()
    board.snapshot_id = snapshot.id
    db.session.add(
        StandingRow(
            snapshot_id=snapshot.id,
            idea_id=idea.id,
            position=1,
            rank=1,
            award="Juara I",
            idea_public_id=idea.public_id,
            title="SAPA LANSIA",
            team_name="Tim Sapa",
            unit_name="Puskesmas Kampung Dalam",
        )
    )
    db.session.commit()
    assert "SAPA LANSIA" not in client.get("/").text  # frozen is sealed
    board.state, board.announced_at = BoardState.ANNOUNCED, NOW
    db.session.commit()
    text = client.get("/").text
    assert "Juara I" in text
    assert "SAPA LANSIA" in text
    assert "Tim Sapa, Puskesmas Kampung Dalam" in text
    assert f'href="/k/{event.slug}/peringkat"' in text


def test_an_empty_site_says_so(client, app):
    text = client.get("/").text
    assert "Belum ada kompetisi yang dibuka" in text
    assert "csrf_token" not in text


def test_front_page_costs_the_same_with_many_competitions(client, app):
    def cost() -> int:
        db.session.expunge_all()
        with counted_queries() as queries:
            client.get("/")
        return len(queries)

    make_event()
    db.session.commit()
    one = cost()
    for n in range(6):
        make_event(shift_days=-n)
    db.session.commit()
    assert cost() == one <= 8


def test_front_page_answers_304(client, app):
    tag = client.get("/").headers["ETag"]
    assert client.get("/", headers={"If-None-Match": tag}).status_code == 304


def test_sitemap_lists_public_pages_only(client, app):
    app.config["PUBLIC_URL"] = "https://inovasi.example.go.id"
    make_event(slug="terbuka")
    make_event(slug="rahasia", state=EventState.DRAFT)
    db.session.commit()
    root = ET.fromstring(client.get("/sitemap.xml").data)
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    found = [loc.text for loc in root.findall("s:url/s:loc", space)]
    assert found == [
        "https://inovasi.example.go.id/",
        "https://inovasi.example.go.id/kompetisi",
        "https://inovasi.example.go.id/pelatihan",
        "https://inovasi.example.go.id/mitra",
        "https://inovasi.example.go.id/dampak",
        "https://inovasi.example.go.id/dampak/galeri",
        "https://inovasi.example.go.id/bantuan",
        "https://inovasi.example.go.id/data-pribadi",
        "https://inovasi.example.go.id/k/terbuka",
    ]
    robots = client.get("/robots.txt")
    assert robots.mimetype == "text/plain"
    assert "Sitemap: https://inovasi.example.go.id/sitemap.xml" in robots.text
    assert "Disallow: /k/*/kelola" in robots.text


# -- a person's home ----------------------------------------------------------------------------------------------


def test_home_needs_an_account(client, app):
    assert client.get("/beranda").location == "/masuk?next=/beranda"


def test_newcomer_is_led_to_open_competitions(app, sign_in_as):
    make_event(name="Lomba Terbuka")
    text = home_of(sign_in_as, make_user(name="Rina Maharani"))
    assert "Selamat pagi, Rina Maharani." in text
    assert step(text) == "Mulai dari sebuah kompetisi"
    assert "Lomba Terbuka" in text
    assert "Buat kompetisi" not in text
    assert "Buat kompetisi" in home_of(sign_in_as, make_user(site_role=SiteRole.ORGANIZER))


@pytest.mark.parametrize(
    ("hours", "greeting"),
    [(-4, "Selamat pagi"), (3, "Selamat siang"), (6, "Selamat sore"), (10, "Selamat malam")],
)
def test_greeting_follows_the_local_hour(app, sign_in_as, clock_at, hours, greeting):
    client = sign_in_as(make_user())
    clock_at(NOW + timedelta(hours=hours))
    assert greeting in client.get("/beranda").text


def test_invitations_come_first(app, sign_in_as):
    event, user = make_event(name="Lomba Undangan"), make_user(email="juri@untan.ac.id")
    inviter = make_user(name="Sari Wulandari")
    db.session.add(
        RoleInvitation(
            event_id=event.id,
            email="juri@untan.ac.id",
            role=Role.JUROR,
            invited_by_id=inviter.id,
            created_at=NOW,
            expires_at=NOW + timedelta(days=5),
        )
    )
    team = make_team(make_event(), name="Parit Kita")
    db.session.add(
        TeamInvitation(
            team_id=team.id, email="juri@untan.ac.id", invited_by_id=team.captain_id, created_at=NOW
        )
    )
    make_team(make_event(), user)
    text = home_of(sign_in_as, user)
    assert step(text) == "Jawab undangan menjadi juri"
    assert "Sari Wulandari mengundang Anda." in text
    assert "Jawab undangan tim Parit Kita" in text


def test_team_without_proposal_is_told_to_write(app, sign_in_as):
    event, user = make_event(team_min=2), make_user()
    make_team(event, user, name="Parit Kita")
    text = home_of(sign_in_as, user)
    assert step(text) == "Mulai tulis usulan tim Parit Kita"
    assert "1 anggota; perlu 2 s.d. 5" in text


def test_draft_names_the_first_missing_part(app, sign_in_as):
    event, user = make_event(), make_user()
    make_field(event, "ringkasan", label="Ringkasan", position=0)
    make_field(event, "keberlanjutan", label="Keberlanjutan", position=1)
    team = make_team(event, user, group_id=event_group(event.id))
    make_idea(team, track_id=event_track(event.id), title="PARIT KITA")
    text = home_of(sign_in_as, user)
    assert step(text) == "Lengkapi Keberlanjutan"
    assert "Belum lengkap: Keberlanjutan" in text
    assert "Draf, belum diajukan" in text
    assert "Kamis, 3 Desember 2026 pukul 09.30 WIB" in text


def event_group(event_id: int) -> int:
    from innovate.events.models import Group

    return db.session.query(Group).filter_by(event_id=event_id).first().id


def event_track(event_id: int) -> int:
    from innovate.events.models import Track

    return db.session.query(Track).filter_by(event_id=event_id).first().id


def test_complete_draft_is_told_to_hand_in(app, sign_in_as):
    event, user = make_event(), make_user()
    make_field(event)
    team = make_team(event, user, group_id=event_group(event.id))
    make_idea(team, track_id=event_track(event.id))
    text = home_of(sign_in_as, user)
    assert step(text) == "Periksa lalu ajukan"
    assert "Panitia baru menerimanya setelah Anda mengajukan." in text


def test_submitted_proposal_asks_for_nothing(app, sign_in_as):
    event, user = make_event(), make_user()
    team = make_team(event, user)
    make_idea(team, state=IdeaState.SUBMITTED, title="PARIT KITA")
    text = home_of(sign_in_as, user)
    assert step(text) == "Tidak ada yang menunggu Anda sekarang"
    assert "Tanda terima" in text


def test_returned_proposal_goes_before_a_draft(app, sign_in_as):
    user = make_user()
    make_idea(make_team(make_event(), user))
    event = make_event(shift_days=-12)
    team = make_team(event, user)
    make_idea(team, state=IdeaState.RETURNED, title="SAPA LANSIA", return_until=NOW + timedelta(days=3))
    assert step(home_of(sign_in_as, user)) == "Perbaiki SAPA LANSIA"


def test_juror_sees_how_many_are_left_and_until_when(app, sign_in_as):
    event = make_event(name="Lomba Dinilai", shift_days=-17)
    round_ = make_round(event)
    juror = make_user()
    give_role(event, juror, Role.JUROR)
    for n in range(3):
        idea = make_idea(make_team(event), state=IdeaState.ELIGIBLE)
        assignment = make_assignment(round_, idea, juror)
        if n == 0:
            make_ballot(assignment, [3, 3, 3, 3, 3])
        elif n == 1:
            make_ballot(assignment, [3, 3, 3, 3, 3], state=BallotState.DRAFT)
    text = home_of(sign_in_as, juror)
    assert step(text) == "Nilai 2 karya lagi"
    assert "1 dari 3 sudah Anda nilai." in text
    assert "1/3" in text
    other = make_user()
    give_role(event, other, Role.JUROR)
    assert "Belum ada karya yang ditugaskan kepada Anda." in home_of(sign_in_as, other)


def test_secretariat_and_organizer_see_their_next_step(app, sign_in_as):
    event = make_event(name="Lomba Diperiksa", shift_days=-12)
    make_idea(make_team(event), state=IdeaState.SUBMITTED)
    make_idea(make_team(event), state=IdeaState.ELIGIBLE)
    clerk, chief = make_user(), make_user()
    give_role(event, clerk, Role.SECRETARIAT)
    give_role(event, chief, Role.ORGANIZER)
    assert step(home_of(sign_in_as, clerk)) == "Periksa 1 usulan"
    text = home_of(sign_in_as, chief)
    assert "Lomba Diperiksa" in text
    assert 'href="/k/lomba' in text
    draft = make_event(name="Lomba Draf", state=EventState.DRAFT)
    give_role(draft, chief, Role.ORGANIZER)
    assert step(home_of(sign_in_as, chief)) == "Siapkan Lomba Draf"


def test_home_forgets_what_is_long_over(app, sign_in_as):
    user = make_user()
    give_role(make_event(name="Lomba Lama", shift_days=-90), user, Role.JUROR)
    assert "Lomba Lama" not in home_of(sign_in_as, user)


def test_home_costs_the_same_with_one_and_three_of_everything(app, sign_in_as):
    user = make_user()
    client = sign_in_as(user)
    person = user.id

    def more() -> None:
        from innovate.accounts.models import User

        me = db.session.get_one(User, person)
        event = make_event(shift_days=-17)
        make_field(event)
        make_idea(make_team(event, me, make_user()), state=IdeaState.SUBMITTED)
        for role in (Role.JUROR, Role.SECRETARIAT, Role.ORGANIZER):
            give_role(event, me, role)
        make_assignment(
            make_round(event, PhaseKind.JUDGING), make_idea(make_team(event), state=IdeaState.ELIGIBLE), me
        )
        db.session.commit()

    def cost() -> int:
        db.session.expunge_all()
        with counted_queries() as queries:
            assert client.get("/beranda").status_code == 200
        return len(queries)

    more()
    one = cost()
    more()
    more()
    assert cost() == one


# -- the gold button on a competition's page ----------------------------------------------------------------------


def test_the_button_on_the_page_fits_the_person(app, client, sign_in_as):
    event = make_event(slug="lomba")
    captain, clerk = make_user(), make_user()
    team = make_team(event, captain)
    give_role(event, clerk, Role.SECRETARIAT)
    db.session.commit()
    assert "Daftarkan tim" in client.get("/k/lomba").text
    assert "Daftarkan tim" in sign_in_as(make_user()).get("/k/lomba").text
    assert "Daftarkan tim" not in sign_in_as(clerk).get("/k/lomba").text
    theirs = sign_in_as(captain)
    assert (
        "Mulai menulis usulan" in theirs.get("/k/lomba").text or team.public_id in theirs.get("/k/lomba").text
    )
    make_idea(team)
    db.session.commit()
    text = theirs.get("/k/lomba").text
    assert "Lanjutkan usulan Anda" in text or "Buka tim Anda" in text
