"""The organizer's overview, reminders and trail."""

from __future__ import annotations

from datetime import timedelta

import pytest

from innovate.audit.services import record
from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.notifications.models import OutboxMail
from tests.factories.build import (
    NOW,
    give_role,
    make_assignment,
    make_ballot,
    make_event,
    make_idea,
    make_round,
    make_team,
    make_user,
)
from tests.support.queries import counted_queries

PAGE = "/k/lomba/kelola"


@pytest.fixture
def judging(db_session):
    event = make_event(slug="lomba", name="Lomba Kota", shift_days=-18)
    return event, make_round(event, ballots_per_idea=2)


@pytest.fixture
def registering(db_session):
    return make_event(slug="lomba", name="Lomba Kota", team_min=2)


def staff_of(event, sign_in_as, role: Role = Role.ORGANIZER):
    user = make_user(name="Nurul Salsabila")
    give_role(event, user, role)
    return sign_in_as(user)


def juror_with(event, round_, ideas, done: int, name: str):
    user = make_user(name=name)
    give_role(event, user, Role.JUROR)
    for position, idea in enumerate(ideas):
        assignment = make_assignment(round_, idea, user)
        if position < done:
            make_ballot(assignment, [4] * 5)
    return user


@pytest.mark.parametrize(("shift", "words"), [(-120, "Semua tahap telah selesai"), (60, "Belum dimulai")])
def test_it_says_when_no_phase_is_open(db_session, sign_in_as, shift, words) -> None:
    event = make_event(slug="lomba", shift_days=shift)
    assert words in staff_of(event, sign_in_as).get(PAGE).text


def test_an_empty_competition_says_what_will_stand_here(registering, sign_in_as) -> None:
    page = staff_of(registering, sign_in_as).get(PAGE).text
    assert "0 usulan diajukan, 0 masih draf" in page
    assert "Tidak ada yang tertunda" in page
    assert "Belum ada juri" in page
    assert "Belum ada karya untuk dinilai" in page
    assert "Tahap ini berakhir Kamis, 3 Desember 2026 pukul 09.30 WIB." in page


def test_the_funnel_counts_teams_and_drafts(registering, sign_in_as) -> None:
    make_idea(make_team(registering, None, make_user()))
    make_idea(make_team(registering), state=IdeaState.SUBMITTED)
    make_team(registering)
    page = staff_of(registering, sign_in_as).get(PAGE).text
    assert "1 usulan diajukan, 1 masih draf" in page
    assert "2 belum cukup anggota" in page
    assert 'href="/k/lomba/kelola/tim?anggota=incomplete"' in page
    assert "2 tim belum cukup anggota" in page


def test_judging_names_what_is_missing_and_who_is_silent(judging, sign_in_as) -> None:
    event, round_ = judging
    ideas = [
        make_idea(make_team(event), state=IdeaState.ELIGIBLE, title=title, number=number)
        for number, title in enumerate(("TERAS", "RAPI", "SEMAI"), 1)
    ]
    juror_with(event, round_, ideas, 2, "Maria Sulastri")
    silent = juror_with(event, round_, ideas[:2], 0, "Suharto Liem")
    page = staff_of(event, sign_in_as).get(PAGE).text
    assert "0 dari 3 karya cukup dinilai" in page
    assert "1 karya belum punya nilai satu pun" in page
    assert "003 SEMAI" in page
    assert "1 karya kekurangan juri" in page
    assert "Suharto Liem belum menilai 2 karya" in page
    assert "Belum pernah membuka lembar nilai." in page
    assert f'name="juri" value="{silent.public_id}"' in page
    assert "Dengan laju sekarang penilaian selesai" in page
    assert "2/3</td>" in page


def test_the_auditor_reads_everything_and_sends_nothing(judging, sign_in_as) -> None:
    event, round_ = judging
    idea = make_idea(make_team(event), state=IdeaState.ELIGIBLE)
    juror_with(event, round_, [idea], 0, "Suharto Liem")
    auditor = staff_of(event, sign_in_as, Role.AUDITOR)
    page = auditor.get(PAGE).text
    assert "Suharto Liem" in page
    assert "Ingatkan" not in page
    assert auditor.post(f"{PAGE}/ingatkan/juri").status_code == 404
    assert auditor.post(f"{PAGE}/ingatkan/draf").status_code == 404
    assert db.session.query(OutboxMail).count() == 0


@pytest.mark.parametrize("role", [Role.JUROR, Role.CHAIR, Role.MENTOR, Role.SECRETARIAT])
def test_others_have_no_dashboard(judging, sign_in_as, role) -> None:
    person = staff_of(judging[0], sign_in_as, role)
    for address in (PAGE, f"{PAGE}/jejak"):
        assert person.get(address).status_code == 404


def test_jurors_are_reminded_once_in_twelve_hours(judging, sign_in_as, clock_at) -> None:
    event, round_ = judging
    ideas = [make_idea(make_team(event), state=IdeaState.ELIGIBLE) for _ in range(2)]
    first = juror_with(event, round_, ideas, 1, "Maria Sulastri")
    juror_with(event, round_, ideas, 2, "Hendra Tanuwijaya")
    juror_with(event, round_, ideas, 0, "Suharto Liem")
    staff = staff_of(event, sign_in_as)
    one = staff.post(f"{PAGE}/ingatkan/juri", data={"juri": first.public_id}, follow_redirects=True)
    assert "Pengingat dikirim ke 1 juri." in one.text
    again = staff.post(f"{PAGE}/ingatkan/juri", data={"juri": first.public_id})
    assert again.status_code == 422
    assert "sudah diingatkan dalam 12 jam terakhir" in again.text
    assert "karya cukup dinilai" in again.text
    rest = staff.post(f"{PAGE}/ingatkan/juri", follow_redirects=True)
    assert "Pengingat dikirim ke 1 juri." in rest.text
    assert db.session.query(OutboxMail).filter_by(template="reminder_juror").count() == 2
    clock_at(NOW + timedelta(hours=13))
    staff.post(f"{PAGE}/ingatkan/juri")
    assert db.session.query(OutboxMail).filter_by(template="reminder_juror").count() == 4


def test_holders_of_drafts_are_reminded_while_they_can_submit(registering, sign_in_as, clock_at) -> None:
    make_idea(make_team(registering, None, make_user()))
    staff = staff_of(registering, sign_in_as)
    sent = staff.post(f"{PAGE}/ingatkan/draf", follow_redirects=True)
    assert "Pengingat dikirim ke 2 orang." in sent.text
    assert staff.post(f"{PAGE}/ingatkan/draf").status_code == 422
    clock_at(NOW + timedelta(days=11))
    late = staff.post(f"{PAGE}/ingatkan/draf")
    assert late.status_code == 422
    assert "Masa pengajuan tidak sedang berjalan." in late.text
    assert db.session.query(OutboxMail).filter_by(template="reminder_draft").count() == 2


def test_a_competition_without_rounds_has_nobody_to_remind(registering, sign_in_as) -> None:
    assert staff_of(registering, sign_in_as).post(f"{PAGE}/ingatkan/juri").status_code == 404


def test_without_a_token_no_reminder_goes_out(app, registering, sign_in_as, monkeypatch) -> None:
    make_idea(make_team(registering))
    staff = staff_of(registering, sign_in_as)
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    assert staff.post(f"{PAGE}/ingatkan/draf").status_code == 400
    assert db.session.query(OutboxMail).count() == 0


def test_the_dashboard_costs_the_same_for_one_and_for_many(judging, sign_in_as) -> None:
    event, round_ = judging
    staff, costs = staff_of(event, sign_in_as), []
    for number in (1, 3):
        for n in range(number):
            idea = make_idea(make_team(event), state=IdeaState.ELIGIBLE, title=f"KARYA {number}-{n}")
            juror_with(event, round_, [idea], n % 2, f"Juri {number}-{n}")
        db.session.commit()
        db.session.expunge_all()
        with counted_queries() as queries:
            assert f"KARYA {number}-0" in staff.get(PAGE).text
        costs.append(len(queries))
    assert costs[0] == costs[1]


# -- the trail ----------------------------------------------------------------------------------------------------


def note(event, actor, action: str, **after) -> None:
    record(
        action,
        actor_id=actor.id,
        at=NOW,
        object_type="team",
        object_id=1,
        event_id=event.id,
        after=after,
    )


def test_the_trail_says_who_did_what_here_and_only_here(registering, sign_in_as) -> None:
    actor = make_user(name="Rina Maharani")
    note(registering, actor, "team.register", name="Parit <b>Kita</b>")
    note(make_event(), actor, "team.edit", name="Tim kota lain")
    staff = staff_of(registering, sign_in_as)
    page = staff.get(f"{PAGE}/jejak").text
    assert "<b>Rina Maharani</b> mendaftarkan tim nomor 1." in page
    assert "<dt>Nama</dt><dd><span>Parit &lt;b&gt;Kita" in page
    assert "Tim kota lain" not in page
    assert "team.register" not in page
    assert "Tidak ada catatan yang cocok" in staff.get(f"{PAGE}/jejak?jenis=ballot").text
    assert "mendaftarkan" in staff.get(f"{PAGE}/jejak?jenis=team&orang=maharani").text


def test_the_trail_names_things_but_no_draft(registering, sign_in_as) -> None:
    team = make_team(registering, name="Parit Kita")
    draft = make_idea(team, title="RAHASIA")
    sent = make_idea(make_team(registering), title="PINTU AIR", number=7)
    for idea in (draft, sent):
        record(
            "idea.save",
            actor_id=team.captain_id,
            at=NOW,
            object_type="idea",
            object_id=idea.id,
            event_id=registering.id,
            after={"revision": 2},
        )
    auditor = staff_of(registering, sign_in_as, Role.AUDITOR)
    page = auditor.get(f"{PAGE}/jejak").text
    assert "menyimpan proposal PINTU AIR." in page
    assert "menyimpan proposal tim Parit Kita." in page
    rows = auditor.get(f"{PAGE}/jejak.csv").get_data().decode("utf-8-sig")
    assert "idea.save" in rows
    assert "RAHASIA" not in page + rows


def test_a_long_trail_has_pages_and_a_steady_cost(registering, sign_in_as) -> None:
    staff, costs = staff_of(registering, sign_in_as), []
    for number in (1, 60):
        for n in range(number):
            note(registering, make_user(), "team.register", name=f"Tim {n}")
        db.session.commit()
        db.session.expunge_all()
        with counted_queries() as queries:
            page = staff.get(f"{PAGE}/jejak?jenis=team").text
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert "Halaman 1 dari 2" in page
    assert "jenis=team&amp;page=2" in page
