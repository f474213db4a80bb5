"""Pages of disqualification, withdrawn awards and letters: what they say, to whom, and what a refusal keeps."""

from __future__ import annotations

import io

import pytest

from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.events.models import DeadlineLetter, PhaseChange, Prize
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Disqualification
from innovate.notifications.models import OutboxMail
from innovate.results.models import AwardWithdrawal, Board
from innovate.teams.models import Team
from tests.factories.boards import LADDER, climb
from tests.factories.build import (
    NOW,
    add,
    give_role,
    make_assignment,
    make_ballot,
    make_event,
    make_idea,
    make_round,
    make_team,
    make_user,
)
from tests.factories.documents import make_document, make_letter

PRIVATE = "Pernyataan orisinalitasnya terbukti palsu."


@pytest.fixture
def event(db_session):
    event = make_event(slug="cabut", shift_days=-31)
    add(Prize(event_id=event.id, name="Juara I", rank=1))
    return event


@pytest.fixture
def organizer(event):
    user = make_user(name="Rudi Panitia")
    give_role(event, user, Role.ORGANIZER)
    return user


@pytest.fixture
def captain():
    return make_user(name="Sri Ketua")


@pytest.fixture
def idea(event, captain):
    round_ = make_round(event)
    group = get_actor(event.slug, None).event.groups[0]
    made = []
    for leader, title, mark in ((captain, "PARIT KITA", 5), (make_user(), "SIAGA PASANG", 4)):
        idea = make_idea(make_team(event, leader, group_id=group.id), state=IdeaState.ELIGIBLE, title=title)
        make_ballot(make_assignment(round_, idea, make_user()), [mark] * 5)
        made.append(idea)
    return made[0]


def put_out(client, idea, **data):
    sent = {"rule": "Juknis Bab IV", "reason": "Karya ini sudah menang pada 2025.", "understood": "y", **data}
    return client.post(f"/k/cabut/kelola/seleksi/{idea.public_id}/diskualifikasi", data=sent)


def test_the_organizer_reads_what_follows_then_confirms(event, organizer, idea, sign_in_as) -> None:
    climb(event, organizer)
    client = sign_in_as(organizer)
    address = f"/k/cabut/kelola/seleksi/{idea.public_id}"
    assert "Diskualifikasi dan riwayatnya" in client.get(address).text
    page = client.get(f"{address}/diskualifikasi").text
    assert "yang sudah diumumkan ditarik dan dihitung ulang" in page
    refused = put_out(client, idea, understood="")
    assert refused.status_code == 422
    assert "Karya ini sudah menang pada 2025." in refused.text
    assert db.session.query(Disqualification).count() == 0
    assert put_out(client, idea).status_code == 302
    after = client.get(f"{address}/diskualifikasi").text
    assert "Batalkan diskualifikasi?" in after
    assert "Rudi Panitia" in after
    lifted = client.post(f"{address}/diskualifikasi/batalkan", data={"reason": "Keberatan tim diterima."})
    assert lifted.status_code == 302
    assert db.session.query(Disqualification).one().lifted_reason == "Keberatan tim diterima."


def test_the_team_reads_rule_and_reason_and_nobody_else(event, organizer, captain, idea, sign_in_as) -> None:
    put_out(sign_in_as(organizer), idea)
    own = sign_in_as(captain).get(f"/k/cabut/usulan/{idea.public_id}").text
    assert "Didiskualifikasi" in own
    assert "Juknis Bab IV" in own
    assert "Karya ini sudah menang pada 2025." in own
    assert "Rudi Panitia" not in own
    assert "SIAGA PASANG" not in own
    assert put_out(sign_in_as(captain), idea).status_code == 404


def test_everybody_reads_that_an_award_was_withdrawn_but_not_the_private_reason(
    event, organizer, idea, sign_in_as, client
) -> None:
    climb(event, organizer)
    staff = sign_in_as(organizer)
    awards = "/k/cabut/kelola/hasil/1/penghargaan"
    address = f"{awards}/{idea.public_id}/pencabutan"
    assert address in staff.get(awards).text
    data = {"succession": "moves_up", "decree": "400/7", "day": "2026-11-20", "reason": PRIVATE}
    refused = staff.post(address, data={**data, "decree": "", "understood": "y"})
    assert refused.status_code == 422
    assert PRIVATE in refused.text
    assert db.session.query(AwardWithdrawal).count() == 0
    assert staff.post(address, data={**data, "understood": "y"}).status_code == 302
    assert staff.get(address).status_code == 404  # sealed by now
    assert "sedang dikoreksi" in client.get("/k/cabut/peringkat").text
    climb(event, organizer, *LADDER[2:])
    for page in (client.get("/k/cabut/peringkat").text, client.get("/k/cabut").text):
        assert "Penghargaan yang dicabut" in page
        assert "400/7" in page
        assert PRIVATE not in page
    inside = staff.get(awards).text
    assert PRIVATE in inside
    row = db.session.query(AwardWithdrawal).one()
    back = f"/k/cabut/kelola/hasil/1/pencabutan/{row.public_id}/batalkan"
    for text in ("Banding.", "Banding tim " + "x" * 1000):
        refused = staff.post(back, data={"reason": text})
        assert refused.status_code == 422
        assert text in refused.text
        assert "Isi 10 sampai 1000 karakter" in refused.text
    assert staff.post(back, data={"reason": "Banding tim diterima."}).status_code == 302
    assert "Pencabutan dibatalkan" in staff.get(awards).text


def test_a_reason_written_for_everybody_is_shown(event, organizer, idea, sign_in_as, client) -> None:
    climb(event, organizer)
    data = {"succession": "vacant", "decree": "400/7", "day": "2026-11-20", "reason": PRIVATE}
    data |= {"public_reason": "Karya bukan buatan tim.", "understood": "y"}
    sign_in_as(organizer).post(f"/k/cabut/kelola/hasil/1/penghargaan/{idea.public_id}/pencabutan", data=data)
    climb(event, organizer, *LADDER[2:])
    page = client.get("/k/cabut/peringkat").text
    assert "Karya bukan buatan tim." in page
    assert "Tempatnya dibiarkan kosong." in page


def test_the_documents_room_offers_to_revoke_what_lost_its_ground(event, organizer, idea, sign_in_as) -> None:
    climb(event, organizer)
    holder = make_user()
    made = make_document(event, organizer, holder, subject=f"winners:{holder.id}:{idea.id}:Juara I")
    staff = sign_in_as(organizer)
    assert "dasarnya sudah gugur" not in staff.get("/k/cabut/kelola/dokumen").text
    put_out(staff, idea)
    assert "Cabut 1 piagam" in staff.get("/k/cabut/kelola/dokumen").text
    staff.post("/k/cabut/kelola/dokumen/cabut-gugur", data={"reason": "ya"})
    assert made.ended_at is None
    staff.post("/k/cabut/kelola/dokumen/cabut-gugur", data={"reason": "Dasarnya sudah gugur."})
    db.session.refresh(made)
    assert made.ended_at is not None
    assert db.session.query(Board).count() == 1


def test_letters_are_attachments_and_private_ones_stay_inside(event, organizer, sign_in_as, client) -> None:
    public, private = make_letter(event, organizer), make_letter(event, organizer, is_public=False)
    phase = event.phases[0] if "phases" in event.__dict__ else get_actor(event.slug, None).event.phases[0]
    for letter, number in ((public, "B/1/2026"), (private, "B/2/2026")):
        times = {"old_starts_at": phase.starts_at, "new_starts_at": phase.starts_at, "new_ends_at": NOW}
        add(
            PhaseChange(
                phase_id=phase.id,
                at=NOW,
                actor_id=organizer.id,
                reason="Libur",
                number=number,
                letter_id=letter.id,
                old_ends_at=phase.ends_at,
                **times,
            )
        )
    page = client.get("/k/cabut").text
    assert "B/1/2026" in page
    assert "B/2/2026" in page
    assert public.public_id in page
    assert private.public_id not in page
    answer = client.get(f"/k/cabut/surat/{public.public_id}")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert client.get(f"/k/cabut/surat/{private.public_id}").status_code == 404
    staff = sign_in_as(organizer)
    assert staff.get(f"/k/cabut/surat/{private.public_id}").status_code == 200
    assert private.public_id in staff.get("/k/cabut/kelola/jadwal").text
    assert db.session.query(DeadlineLetter).count() == 2


def test_an_extension_rests_on_a_letter_that_only_the_committee_reads(
    event, organizer, captain, idea, sign_in_as
) -> None:
    team = idea.team_id
    public_id = db.session.get_one(Team, team).public_id
    staff = sign_in_as(organizer)
    data = {"team": public_id, "until": "2026-12-24T23:59", "reason": "Listrik padam", "number": "B/9/2026"}
    bad = {**data, "letter": (io.BytesIO(b"MZ"), "surat.pdf")}
    refused = staff.post("/k/cabut/kelola/perpanjangan", data=bad)
    assert refused.status_code == 422
    assert "Surat diunggah sebagai PDF." in refused.text
    assert "Listrik padam" in refused.text
    assert db.session.query(DeadlineLetter).count() == 0
    good = {**data, "letter": (io.BytesIO(b"%PDF-1.4 surat"), "surat.pdf")}
    assert staff.post("/k/cabut/kelola/perpanjangan", data=good).status_code == 302
    letter = db.session.query(DeadlineLetter).one()
    page = staff.get("/k/cabut/kelola/perpanjangan").text
    assert "B/9/2026" in page
    assert letter.public_id in page
    assert sign_in_as(captain).get(f"/k/cabut/surat/{letter.public_id}").status_code == 404
    (mail, *_rest) = db.session.query(OutboxMail).filter_by(template="idea_extension_granted").all()
    assert mail.context["number"] == "B/9/2026"
