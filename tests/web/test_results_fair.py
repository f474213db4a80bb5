"""What pages say of a fair ranking, and that nothing of it is seen while it is sealed."""

from __future__ import annotations

import re
from hashlib import sha256

import pytest

from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.events.domain.seal import BoardState as S
from innovate.events.models import Event
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.pairwise.models import Contest, ContestEntry
from innovate.results.models import FrozenResult, RoundRules
from innovate.results.services.rules import begin_rules
from innovate.scoring.queries.rounds import get_round
from tests.factories.boards import climb
from tests.factories.build import (
    give_role,
    make_assignment,
    make_ballot,
    make_event,
    make_idea,
    make_round,
    make_team,
    make_user,
)

ROOM = "/k/lomba/kelola/hasil/1"
QUALITY = {"TERAS": 4, "RAPI": 3, "SEMAI": 4, "KEPAK": 2, "LENTERA": 3, "PARIT": 2}
STRICTNESS = (-1, 0, 1)


@pytest.fixture
def event(db_session) -> Event:
    return make_event(slug="lomba", name="Lomba Kota", shift_days=-31)


@pytest.fixture
def judged(event):
    """Six entries, each scored by two of three jurors."""
    round_ = make_round(event)
    begin_rules(round_, None)
    jurors = [make_user(name=f"Juri Rahasia {n}") for n in range(3)]
    group = next(g.id for g in get_actor(event.slug, None).event.groups if g.code == "A")
    found = {}
    for n, (title, quality) in enumerate(QUALITY.items()):
        captain = make_user()
        found.setdefault("captain", captain)
        team = make_team(event, captain, group_id=group)
        idea = make_idea(team, state=IdeaState.ELIGIBLE, title=title, number=n + 1)
        seats = [make_assignment(round_, idea, jurors[(n + k) % 3]) for k in range(2)]
        for k, seat in enumerate(seats):
            mark = quality + STRICTNESS[(n + k) % 3]
            make_ballot(seat, [mark] * 4 + [min(5, mark + (n == 3))])
        found[title] = (idea, seats)
    return found


@pytest.fixture
def enter_as(event, sign_in_as):
    def enter(role: Role):
        user = make_user()
        give_role(event, user, role)
        return sign_in_as(user)

    return enter


def bring(event: Event, *states: S) -> None:
    user = make_user()
    give_role(event, user, Role.ORGANIZER)
    if len(states) > 1:
        climb(event, user, *states)


def test_the_rules_are_chosen_on_their_page_told_to_everybody_and_locked(event, client, enter_as) -> None:
    begin_rules(make_round(event), None)
    staff = enter_as(Role.ORGANIZER)
    assert "Kriteria berbobot tertinggi" in staff.get(f"{ROOM}/cara").text
    chosen = {"method": "raw", "ties-0": "plenary", "minimum_ballots": "2", "passing": "70,5", "quota": "3"}
    for wrong in ({"passing": "101"}, {"minimum_ballots": "0"}, {"ties-1": "plenary"}, {"method": "undian"}):
        assert staff.post(f"{ROOM}/cara", data={**chosen, **wrong}).status_code == 422, wrong
    assert db.session.query(RoundRules).one().method == "fair"
    saved = staff.post(f"{ROOM}/cara", data=chosen, follow_redirects=True).text
    assert "Cara penilaian disimpan." in saved
    assert 'value="70.50"' in saved
    page = client.get("/k/lomba").text
    assert "Rata-rata biasa" in page
    assert "keputusan sidang pleno dengan alasan tertulis, berbagi peringkat." in page
    assert "Yang lolos dari setiap kelompok: 3." in page
    idea = make_idea(make_team(event), state=IdeaState.ELIGIBLE)
    make_ballot(make_assignment(get_round(event, 1), idea, make_user()), [4] * 5)
    late = staff.post(f"{ROOM}/cara", data={**chosen, "method": "fair"})
    assert late.status_code == 422
    assert "cara penilaian terkunci" in late.text
    assert db.session.query(RoundRules).one().method == "raw"


def test_nothing_of_it_is_seen_while_sealed(event, judged, client, enter_as) -> None:
    idea, seats = judged["TERAS"]
    doors = [
        f"{ROOM}/karya/{idea.public_id}",
        f"{ROOM}/juri",
        f"{ROOM}/lembar/{seats[0].public_id}",
        f"{ROOM}/pleno",
    ]
    chair, juror, secretary = (enter_as(role) for role in (Role.CHAIR, Role.JUROR, Role.SECRETARIAT))
    for states in ((S.COLLECTING,), (S.COLLECTING, S.PROVISIONAL), (S.PROVISIONAL, S.FROZEN)):
        bring(event, *states)
        assert client.get(f"/k/lomba/peringkat/{idea.public_id}").status_code == 404
        for door in doors:
            assert juror.get(door).status_code == 404, door
            assert secretary.get(door).status_code == 404, door
            assert chair.get(door).status_code == (404 if states == (S.COLLECTING,) else 200), door


def test_everybody_reads_how_sure_the_ranking_is_and_nobody_learns_who(
    event, judged, client, sign_in_as
) -> None:
    bring(event, S.COLLECTING, S.PROVISIONAL, S.FROZEN, S.SIGNED, S.ANNOUNCED)
    page = client.get("/k/lomba/peringkat").text
    assert "kemungkinan besar antara" in page
    assert "rentang wajar" in page
    assert "Rata-rata" in page
    assert "Peringkat di dalam satu kelompok belum dapat dibedakan dengan jumlah penilaian yang ada." in page
    assert ("tersambung garis di sisi kirinya" in page) is ("is-joined" in page) is True
    idea, _seats = judged["TERAS"]
    own = f"/k/lomba/peringkat/{idea.public_id}"
    public = client.get(own).text
    assert "Penilaian satu per satu tidak ditampilkan" in public
    assert "Juri Rahasia" not in page + public
    told = sign_in_as(judged["captain"]).get(own).text
    assert "Seorang juri memberi" in told
    assert "dari rata-rata" in told
    assert "Juri Rahasia" not in told
    table = client.get("/k/lomba/peringkat/unduh.csv").data.decode("utf-8-sig").splitlines()
    assert "Peringkat terbaik yang wajar" in table[0]


def test_a_public_lot_is_told_while_it_waits_and_shown_so_that_anybody_can_draw_it(event, client, enter_as):
    round_ = make_round(event)
    begin_rules(round_, None)
    db.session.query(RoundRules).one().tie_order = ["lot", "shared"]
    jurors = [make_user(), make_user()]
    group = next(g.id for g in get_actor(event.slug, None).event.groups if g.code == "A")
    twins = [
        make_idea(make_team(event, group_id=group), state=IdeaState.ELIGIBLE, title=title, number=n)
        for n, title in enumerate(["SAUH", "LAYAR"])
    ]
    for idea in twins:
        for juror in jurors:
            make_ballot(make_assignment(round_, idea, juror), [4] * 5)
    bring(event, S.COLLECTING, S.PROVISIONAL)
    board = enter_as(Role.ORGANIZER).get(ROOM).text
    assert "berbagi peringkat sampai undian publik ditarik saat pembekuan" in board
    bring(event, S.PROVISIONAL, S.FROZEN, S.SIGNED, S.ANNOUNCED)
    root = db.session.query(FrozenResult).one().root
    drawn = {sha256(bytes.fromhex(root) + idea.public_id.encode()).hexdigest(): idea for idea in twins}
    for rank, (lot, idea) in enumerate(sorted(drawn.items()), 1):
        page = client.get(f"/k/lomba/peringkat/{idea.public_id}").text
        assert f"adalah yang ke-{rank} dari 2 karya" in page
        assert ("unggul dalam undian publik" if rank == 1 else "di bawah dalam undian publik") in page
        assert root in page
        assert lot in page


def test_who_cannot_be_told_apart_is_sent_to_a_run_off_from_the_board(event, judged, enter_as) -> None:
    bring(event, S.COLLECTING, S.PROVISIONAL)
    organizer, auditor = enter_as(Role.ORGANIZER), enter_as(Role.AUDITOR)
    board = organizer.get(ROOM).text
    told = re.findall(r"Peringkat (\d+)–(\d+) belum dapat dibedakan", board)
    assert told
    assert "Siapkan banding ulang" not in auditor.get(ROOM).text
    first, last = told[0]
    bracket = {"kelompok": "A", "juri": "0", "peringkat": first, "sampai": last}
    stale = organizer.post(f"{ROOM}/banding", data={**bracket, "sampai": "9"}, follow_redirects=True).text
    assert "Peringkat sudah berubah sejak halaman ini dibuka" in stale
    assert db.session.query(Contest).count() == 0
    made = organizer.post(f"{ROOM}/banding", data=bracket, follow_redirects=True).text
    assert f"Banding ulang peringkat {first}–{last}" in made
    contest = db.session.query(Contest).one()
    places = db.session.query(ContestEntry).filter_by(contest_id=contest.id).count()
    assert places == int(last) - int(first) + 1


def test_chair_and_organizer_see_jurors_and_take_a_ballot_out_and_back(event, judged, enter_as) -> None:
    idea, seats = judged["RAPI"]
    bring(event, S.COLLECTING, S.PROVISIONAL)
    chair, auditor = enter_as(Role.CHAIR), enter_as(Role.AUDITOR)
    jury = chair.get(f"{ROOM}/juri").text
    assert "Juri Rahasia 0" in jury
    assert "lebih ketat" in jury
    assert "Yang diberikan lebih banyak penilaian" in jury
    assert auditor.get(f"{ROOM}/juri").status_code == 404
    assert "Juri Rahasia" in chair.get(f"{ROOM}/karya/{idea.public_id}").text
    door = f"{ROOM}/lembar/{seats[1].public_id}"
    assert "Tanpa penilaian ini" in chair.get(door).text
    assert chair.post(door, data={"reason": ""}).status_code == 422
    out = chair.post(door, data={"reason": "Terbukti benturan kepentingan"}, follow_redirects=True).text
    assert "Penilaian tidak lagi dihitung." in out
    assert "Terbukti benturan kepentingan" in out
    back = chair.post(door, data={"reason": "Ternyata keliru"}, follow_redirects=True).text
    assert "Penilaian dihitung kembali." in back
    assert auditor.post(door, data={"reason": "Bukan haknya"}).status_code == 404
