"""Coming into a team, leading it, leaving it."""

from __future__ import annotations

import re

import pytest

from innovate.accounts.models import SiteRole
from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.notifications.models import OutboxMail
from innovate.teams import queries
from innovate.teams.models import JoinRequest, Membership, OpenRole, RequestState, Team, TeamInvitation
from tests.factories.build import NOW, add, give_role, make_event, make_team, make_user


@pytest.fixture
def event(db_session):
    return make_event(slug="lomba", name="Lomba Kota", team_min=2, team_max=3)


@pytest.fixture
def people(event):
    names = {"captain": "Rina Maharani", "member": "Dedi Kurniawan", "guest": "Lidia Natalia"}
    return {key: make_user(name=name, email=f"{key}@pontianak.go.id") for key, name in names.items()}


@pytest.fixture
def team(event, people) -> Team:
    return make_team(event, people["captain"], people["member"], name="Parit Kita")


@pytest.fixture
def home(team) -> str:
    return f"/k/lomba/tim/{team.public_id}"


def members(team: Team) -> set[int]:
    return {user.id for user in queries.list_members(team.id)}


def invite(team: Team, people, email: str = "lidia@pontianak.go.id") -> TeamInvitation:
    values = {"email": email, "invited_by_id": people["captain"].id, "created_at": NOW}
    return add(TeamInvitation(team_id=team.id, **values))


# -- the link -----------------------------------------------------------------------------------------------------


def test_a_visitor_with_the_link_signs_in_and_comes_back(client, team, people) -> None:
    door = f"/k/lomba/gabung/{team.invite_nonce}"
    page = client.get(door).text
    assert "Anda diundang bergabung dengan Parit Kita" in page
    assert "Rina Maharani" in page
    assert "captain@pontianak.go.id" not in page
    assert f'href="/masuk?next={door}"' in page
    assert f'href="/daftar?next={door}"' in page
    assert client.post(door).location == "/masuk?next="
    signed_in = client.post(
        f"/masuk?next={door}", data={"email": "guest@pontianak.go.id", "password": "Khatulistiwa-2026"}
    )
    assert signed_in.location == door
    assert "Bergabung dengan tim</span>" in client.get(door).text
    joined = client.post(door)
    assert people["guest"].id in members(team)
    assert "Selamat datang di tim Parit Kita." in client.get(joined.location).text


def test_joining_twice_is_joining_once(team, people, sign_in_as, home) -> None:
    guest = sign_in_as(people["guest"])
    door = f"/k/lomba/gabung/{team.invite_nonce}"
    assert guest.post(door).location == home
    assert guest.post(door).location == home
    assert db.session.query(Membership).filter_by(user_id=people["guest"].id).count() == 1
    assert "Anda sudah menjadi anggota tim ini." in guest.get(door).text


def test_a_full_team_says_so_at_the_door(event, team, people, sign_in_as) -> None:
    sign_in_as(people["guest"]).post(f"/k/lomba/gabung/{team.invite_nonce}")
    late = sign_in_as(make_user())
    door = f"/k/lomba/gabung/{team.invite_nonce}"
    assert "Tim ini sudah penuh." in late.get(door).text
    refused = late.post(door)
    assert refused.status_code == 422
    assert "Tim ini sudah penuh." in refused.text
    assert len(members(team)) == 3


def test_a_replaced_link_opens_nothing(team, people, sign_in_as, client, home) -> None:
    old = team.invite_nonce
    captain = sign_in_as(people["captain"])
    assert "Bagikan tautan yang baru." in captain.post(f"{home}/tautan", follow_redirects=True).text
    assert client.get(f"/k/lomba/gabung/{old}").status_code == 404
    assert sign_in_as(people["guest"]).post(f"/k/lomba/gabung/{old}").status_code == 404
    assert client.get(f"/k/lomba/gabung/{team.invite_nonce}").status_code == 200


# -- invitations by mail ------------------------------------------------------------------------------------------


def test_an_invitation_by_mail_waits_on_the_team_page(team, people, sign_in_as, home) -> None:
    captain = sign_in_as(people["captain"])
    sent = captain.post(f"{home}/undangan", data={"email": "Baru@Pontianak.go.id"}, follow_redirects=True)
    assert "Undangan dikirim ke Baru@Pontianak.go.id." in sent.text
    assert "Undangan yang menunggu jawaban" in sent.text
    assert db.session.query(OutboxMail).filter_by(template="team_invitation").count() == 1
    again = captain.post(f"{home}/undangan", data={"email": "baru@pontianak.go.id"})
    assert again.status_code == 422
    assert "sudah terkirim dan menunggu jawaban" in again.text
    assert 'value="baru@pontianak.go.id"' in again.text
    broken = captain.post(f"{home}/undangan", data={"email": "baru@"})
    assert broken.status_code == 422
    assert "Alamat surel ini tidak lengkap" in broken.text
    assert 'value="baru@"' in broken.text
    assert db.session.query(OutboxMail).filter_by(template="team_invitation").count() == 1


def test_an_invitation_is_taken_once(team, people, sign_in_as, home, client) -> None:
    door = f"/k/lomba/undangan-tim/{invite(team, people).nonce}"
    assert "Anda diundang bergabung dengan Parit Kita" in client.get(door).text
    guest = sign_in_as(people["guest"])
    assert "Tolak undangan" in guest.get(door).text
    assert guest.post(door, data={"jawaban": "terima"}).location == home
    assert guest.post(door, data={"jawaban": "terima"}).location == home
    assert people["guest"].id in members(team)
    other = sign_in_as(make_user())
    assert "Undangan ini sudah dijawab atau dibatalkan." in other.get(door).text
    assert other.post(door, data={"jawaban": "terima"}).status_code == 422
    assert len(members(team)) == 3


def test_an_invitation_is_declined_or_taken_back(team, people, sign_in_as, home) -> None:
    declined, cancelled = invite(team, people), invite(team, people, "lain@pontianak.go.id")
    guest = sign_in_as(people["guest"])
    door = f"/k/lomba/undangan-tim/{declined.nonce}"
    assert guest.post(door, data={"jawaban": "tolak"}).location == "/k/lomba"
    assert guest.post(door, data={"jawaban": "tolak"}).status_code == 422
    captain = sign_in_as(people["captain"])
    assert captain.post(f"{home}/undangan/{cancelled.id}/batal").location == home
    assert guest.post(f"/k/lomba/undangan-tim/{cancelled.nonce}").status_code == 422
    assert db.session.get_one(TeamInvitation, declined.id).state is RequestState.DECLINED
    assert db.session.get_one(TeamInvitation, cancelled.id).state is RequestState.CANCELLED
    assert people["guest"].id not in members(team)


# -- asking -------------------------------------------------------------------------------------------------------


def test_asking_for_a_place_and_getting_it(team, people, sign_in_as, home) -> None:
    guest, captain = sign_in_as(people["guest"]), sign_in_as(people["captain"])
    assert "Minta bergabung" in guest.get(home).text
    asked = guest.post(f"{home}/minta", data={"message": "Saya memetakan parit."}, follow_redirects=True)
    assert "Permintaan terkirim." in asked.text
    assert "menunggu jawaban ketua tim" in asked.text
    again = guest.post(f"{home}/minta", data={"message": "Sekali lagi."})
    assert again.status_code == 422
    assert db.session.query(JoinRequest).count() == 1
    page = captain.get(home).text
    assert "Lidia Natalia" in page
    assert "Saya memetakan parit." in page
    request = db.session.query(JoinRequest).one()
    answered = captain.post(f"{home}/permintaan/{request.id}/terima", follow_redirects=True)
    assert "Anggota baru masuk tim." in answered.text
    assert people["guest"].id in members(team)
    twice = captain.post(f"{home}/permintaan/{request.id}/terima")
    assert twice.status_code == 422
    assert "Permintaan ini sudah dijawab." in twice.text
    assert "Parit Kita</h1>" in twice.text


def test_a_message_too_long_is_refused_and_kept(team, people, sign_in_as, home) -> None:
    words = "Saya mau ikut. " * 80
    refused = sign_in_as(people["guest"]).post(f"{home}/minta", data={"message": words})
    assert refused.status_code == 422
    assert "Paling banyak 1000 karakter." in refused.text
    assert words.strip() in refused.text


def test_only_the_captain_answers(team, people, sign_in_as, home) -> None:
    request = add(JoinRequest(team_id=team.id, user_id=people["guest"].id, message="", created_at=NOW))
    for person in ("member", "guest"):
        client = sign_in_as(people[person])
        assert "Meminta bergabung" not in client.get(home).text
        assert client.post(f"{home}/permintaan/{request.id}/terima").status_code == 404
    assert people["guest"].id not in members(team)


# -- leading ------------------------------------------------------------------------------------------------------


def test_a_member_is_removed_and_told(team, people, sign_in_as, home) -> None:
    captain = sign_in_as(people["captain"])
    page = captain.get(home).text
    assert "Keluarkan Dedi Kurniawan?" in page
    address = f"{home}/anggota/{people['member'].public_id}/keluarkan"
    assert "diberi tahu lewat surel" in captain.post(address, follow_redirects=True).text
    assert captain.post(address).status_code == 404
    assert members(team) == {people["captain"].id}
    mail = db.session.query(OutboxMail).filter_by(template="team_member_removed").one()
    assert mail.user_id == people["member"].id
    assert sign_in_as(people["member"]).post(f"{home}/keluar").status_code == 404


def test_the_captaincy_changes_hands(team, people, sign_in_as, home) -> None:
    captain = sign_in_as(people["captain"])
    refused = captain.post(f"{home}/keluar")
    assert refused.status_code == 422
    assert "Serahkan dahulu peran ketua" in refused.text
    address = f"{home}/anggota/{people['member'].public_id}/ketua"
    assert "Peran ketua tim diserahkan." in captain.post(address, follow_redirects=True).text
    assert captain.post(address).status_code == 404
    assert captain.get(f"{home}/ubah").status_code == 404
    assert sign_in_as(people["member"]).get(f"{home}/ubah").status_code == 200
    left = captain.post(f"{home}/keluar", follow_redirects=True)
    assert "Anda keluar dari tim Parit Kita." in left.text
    assert members(team) == {people["member"].id}


def test_roles_wanted_come_and_go(team, people, sign_in_as, home) -> None:
    captain = sign_in_as(people["captain"])
    data = {"title": "Analis data", "skills": "QGIS, Python, QGIS,  "}
    added = captain.post(f"{home}/peran", data=data, follow_redirects=True)
    assert "Analis data" in added.text
    assert "QGIS, Python" in added.text
    refused = captain.post(f"{home}/peran", data={"title": "", "skills": "Menulis"})
    assert refused.status_code == 422
    assert 'value="Menulis"' in refused.text
    role = db.session.query(OpenRole).one()
    assert "Analis data" not in captain.post(f"{home}/peran/{role.id}/hapus", follow_redirects=True).text
    assert sign_in_as(people["member"]).post(f"{home}/peran", data=data).status_code == 404


def test_everybody_says_what_they_do(team, people, sign_in_as, home) -> None:
    member = sign_in_as(people["member"])
    assert (
        "Peran Anda disimpan."
        in member.post(f"{home}/peran-saya", data={"part": "Penyusun proposal"}, follow_redirects=True).text
    )
    assert "Penyusun proposal" in sign_in_as(people["captain"]).get(home).text
    long = member.post(f"{home}/peran-saya", data={"part": "x" * 81})
    assert long.status_code == 422
    assert "x" * 81 in long.text


def test_a_team_is_disbanded_once(team, people, sign_in_as, home) -> None:
    captain = sign_in_as(people["captain"])
    assert sign_in_as(people["member"]).post(f"{home}/bubarkan").status_code == 404
    gone = captain.post(f"{home}/bubarkan", follow_redirects=True)
    assert "Tim Parit Kita dibubarkan." in gone.text
    assert captain.post(f"{home}/bubarkan").status_code == 404
    assert members(team) == set()


def test_after_the_submission_members_are_fixed_until_the_organizer_opens(
    event, team, people, sign_in_as, home
) -> None:
    team.locked_at = NOW
    organizer = make_user()
    give_role(event, organizer, Role.ORGANIZER)
    captain, staff = sign_in_as(people["captain"]), sign_in_as(organizer)
    page = captain.get(home).text
    assert "anggotanya dikunci" in page
    assert "/gabung/" not in page
    refused = captain.post(f"{home}/anggota/{people['member'].public_id}/keluarkan")
    assert refused.status_code == 422
    assert "anggotanya dikunci" in refused.text
    assert sign_in_as(people["member"]).post(f"{home}/keluar").status_code == 422
    still = captain.post(f"{home}/bubarkan")
    assert still.status_code == 422
    assert "tidak dapat dibubarkan" in still.text
    short = staff.post(f"/k/lomba/kelola/tim/{team.public_id}/buka", data={"reason": "ya"})
    assert short.status_code == 422
    assert 'value="ya"' in short.text
    opened = staff.post(
        f"/k/lomba/kelola/tim/{team.public_id}/buka",
        data={"reason": "Anggota pindah tugas."},
        follow_redirects=True,
    )
    assert "Keanggotaan tim dibuka." in opened.text
    assert "/gabung/" in captain.get(home).text
    assert captain.post(f"/k/lomba/kelola/tim/{team.public_id}/kunci").status_code == 404


# -- who sees what ------------------------------------------------------------------------------------------------


def test_a_hidden_team_is_for_its_people_and_the_committee(event, team, people, sign_in_as, home) -> None:
    team.is_listed = False
    for role, sees in (
        (Role.ORGANIZER, True),
        (Role.SECRETARIAT, True),
        (Role.MENTOR, True),
        (Role.AUDITOR, True),
        (Role.JUROR, False),
    ):
        user = make_user()
        give_role(event, user, role)
        assert (sign_in_as(user).get(home).status_code == 200) is sees, role
    assert sign_in_as(people["guest"]).get(home).status_code == 404
    assert sign_in_as(people["member"]).get(home).status_code == 200


def test_addresses_are_for_members_and_organizers(event, team, people, sign_in_as, home) -> None:
    organizer, auditor = make_user(), make_user()
    give_role(event, organizer, Role.ORGANIZER)
    give_role(event, auditor, Role.AUDITOR)
    for user, sees in (
        (people["member"], True),
        (organizer, True),
        (auditor, False),
        (people["guest"], False),
    ):
        assert ("captain@pontianak.go.id" in sign_in_as(user).get(home).text) is sees


def test_a_team_is_found_only_in_its_own_competition(team, people, sign_in_as) -> None:
    make_event(slug="lain")
    member = sign_in_as(people["member"])
    assert member.get(f"/k/lain/tim/{team.public_id}").status_code == 404
    assert member.get(f"/k/lain/gabung/{team.invite_nonce}").status_code == 404


def test_visitors_are_sent_to_sign_in(client, team, home) -> None:
    for address in (home, "/k/lomba/tim", "/k/lomba/tim/baru", f"{home}/ubah", "/k/lomba/kelola/tim"):
        assert re.fullmatch(r"/masuk\?next=.+", client.get(address).location), address


def test_without_a_token_no_button_does_anything(app, team, people, sign_in_as, home, monkeypatch) -> None:
    captain = sign_in_as(people["captain"])
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    for address in ("bubarkan", "tautan", f"anggota/{people['member'].public_id}/keluarkan"):
        assert captain.post(f"{home}/{address}").status_code == 400
    assert len(members(team)) == 2


def test_who_runs_the_site_runs_no_competition_they_are_in(event, team, people, sign_in_as) -> None:
    people["member"].site_role = SiteRole.ADMIN
    other = make_event(slug="lain", name="Lomba Lain")
    make_team(other, people["captain"])
    db.session.commit()
    client = sign_in_as(people["member"])
    assert client.get("/k/lain/kelola").status_code == 200
    assert {
        client.get(f"/k/lomba/kelola{room}").status_code for room in ("", "/seleksi", "/hasil", "/juri")
    } == {404}
    membership = db.session.query(Membership).filter_by(user_id=people["member"].id).one()
    membership.left_at = NOW
    db.session.commit()
    assert client.get("/k/lomba/kelola").status_code == 200
