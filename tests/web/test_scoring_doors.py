"""Every door to an entry, tried by a juror who must not have it: before the pact, in conflict, and in a blind round."""

import io
import re

import pytest
from PIL import Image

from innovate.core import storage
from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import IdeaFile, IdeaRevision
from innovate.scoring.models.ballots import Ballot, BallotState
from innovate.scoring.models.integrity import PactSignature
from innovate.scoring.models.jury import Assignment, Conflict, ConflictSource
from innovate.scoring.models.receipts import BallotReceipt
from innovate.teams.models import TeamMentor
from tests.factories import build
from tests.factories.build import NOW

AUTHOR = "Oktavia Damayanti"


def picture() -> bytes:
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x013B] = AUTHOR
    Image.new("RGB", (4, 4), "teal").save(out, "JPEG", exif=exif.tobytes())
    return out.getvalue()


class World:
    def room(self, path=""):
        return f"/k/{self.event.slug}{path}"

    def doors(self):
        """Method, address and form of every way to the first entry."""
        here, file = self.room(f"/juri/karya/{self.seat}"), f"{self.idea}/berkas/{self.file}"
        lead = self.room("/kelola")
        return {
            "page": ("GET", here),
            "form": ("POST", here),
            "autosave": ("POST", here + "/simpan"),
            "reopen": ("POST", here + "/buka"),
            "stepping back": ("GET", here + "/undur"),
            "file": ("GET", self.room(f"/usulan/{file}")),
            "ballot in the panel": ("GET", f"{lead}/panel/lembar/{self.seat}"),
            "reading as the chair": ("GET", f"{lead}/panel/karya/{self.idea}"),
            "seat": ("GET", f"{lead}/penugasan/kursi/{self.seat}"),
            "reading": ("GET", f"{lead}/panel/karya/{self.idea}"),
            "screening": ("GET", self.room(f"/kelola/seleksi/{self.idea}")),
        }

    def lists(self):
        """Pages that list entries, with a search for the first where there is one."""
        paths = (
            "/juri",
            "/juri/nilai",
            "/kelola/penugasan",
            "/kelola/penugasan?q=rahasia",
            "/kelola/panel",
        )
        others = (
            "/kelola/panel?q=rahasia",
            f"/kelola/juri/{self.juror_id}",
            "/juri/benturan",
            "/juri/luring",
            "/kelola/terlambat",
        )
        return [self.room(path) for path in (*paths, *others)]

    def open_doors(self, client):
        found = {}
        for name, (method, path) in self.doors().items():
            data = {"csrf_token": self.token(client), "version": "1"} if method == "POST" else None
            answer = client.open(path, method=method, data=data)
            if answer.status_code != 404:
                found[name] = answer.status_code
        return found

    def token(self, client):
        return re.search(r'name="csrf_token" value="([^"]+)"', client.get("/akun").text).group(1)


@pytest.fixture
def world(app):
    """A juror who is the chair too, with two open entries; the first has a file and a ballot of the juror's."""

    world = World()
    world.event = build.make_event(shift_days=-17)
    build.make_field(world.event)
    build.make_field(world.event, "foto", kind="file", word_limit=None, required=False)
    world.round = build.make_round(world.event)
    world.unit = build.make_unit(name="Dinas Rahasia Air")
    world.juror = build.make_user(name="Hendra Tanuwijaya")
    for role in (Role.CHAIR, Role.SECRETARIAT):
        build.give_role(world.event, world.juror, role)
    captain = build.make_user(name=AUTHOR)
    world.team = build.make_team(world.event, captain, name="Gugus Gemericik", unit_id=world.unit.id)
    idea = build.make_idea(world.team, state=IdeaState.ELIGIBLE, title="RAHASIA", number=1)
    other = build.make_idea(build.make_team(world.event), state=IdeaState.ELIGIBLE, title="TERBUKA", number=2)
    stored = storage.save(picture())
    file = build.add(
        IdeaFile(
            idea_id=idea.id,
            field_key="foto",
            filename="Foto Diskominfo Oktavia.jpg",
            media_type="image/jpeg",
            size=stored.size,
            sha256=stored.sha256,
            storage_key=stored.key,
            uploaded_by_id=captain.id,
            uploaded_at=NOW,
        )
    )
    db.session.get_one(IdeaRevision, idea.submitted_revision_id).files = [file.id]
    seat = build.make_assignment(world.round, idea, world.juror)
    build.make_ballot(seat, [4, 4, 4, 4, 4])
    build.make_assignment(world.round, other, world.juror)
    world.idea_id, world.idea, world.seat, world.file = (
        idea.id,
        idea.public_id,
        seat.public_id,
        file.public_id,
    )
    world.juror_id = world.juror.public_id
    db.session.commit()
    return world


def declare(world):
    db.session.add(
        Conflict(
            event_id=world.event.id,
            idea_id=world.idea_id,
            user_id=world.juror.id,
            source=ConflictSource.DECLARED,
            reason="Kakak saya",
            declared_by_id=world.juror.id,
            at=NOW,
        )
    )


def share_unit(world):
    world.juror.unit_id = world.unit.id


def mentored(world):
    db.session.add(
        TeamMentor(
            team_id=world.team.id,
            user_id=world.juror.id,
            event_id=world.event.id,
            named_by_id=world.juror.id,
            named_at=NOW,
            ended_at=NOW,
        )
    )


def once_a_member(world):
    build.make_membership(world.team, world.juror, left_at=NOW)


def test_without_a_conflict_every_door_is_open(world, sign_in_as):
    client = sign_in_as(world.juror)
    assert set(world.open_doors(client)) == set(world.doors())
    assert "RAHASIA" in client.get(world.room("/juri")).text


@pytest.mark.parametrize("tie", [declare, share_unit, mentored, once_a_member])
def test_a_conflict_shuts_every_door_though_the_assignment_stands(world, sign_in_as, tie):
    tie(world)
    db.session.commit()
    client = sign_in_as(world.juror)
    assert world.open_doors(client) == {}
    for path in world.lists():
        answer = client.get(path)
        assert "RAHASIA" not in answer.text, path
    assert "TERBUKA" in client.get(world.room("/juri")).text
    ballot = db.session.query(Ballot).populate_existing().one()
    assert (ballot.version, str(ballot.state)) == (1, "submitted")


def test_before_the_pact_nothing_opens_and_the_way_leads_to_it(world, sign_in_as):
    db.session.query(PactSignature).delete()
    db.session.commit()
    client = sign_in_as(world.juror)
    here = world.room(f"/juri/karya/{world.seat}")
    assert client.get(here, follow_redirects=True).request.path == world.room("/juri/pakta/1")
    data = {"csrf_token": world.token(client), "version": "1"}
    saved = client.post(here + "/simpan", data=data)
    assert (saved.status_code, "pakta integritas" in saved.json["message"]) == (422, True)
    home = client.get(world.room("/juri")).text
    assert "Tandatangani pakta integritas lebih dahulu" in home
    assert here not in home


def test_signing_opens_what_was_declared(world, sign_in_as):
    db.session.query(PactSignature).delete()
    db.session.commit()
    client = sign_in_as(world.juror)
    page = world.room("/juri/pakta/1")
    form = {"csrf_token": world.token(client), "version": "1"}
    refused = client.post(page, data=form)
    assert (refused.status_code, "Centang pernyataan ini" in refused.text) == (422, True)
    stale = client.post(page, data={**form, "version": "7", "agree": "y"})
    assert (stale.status_code, "baru saja diubah" in stale.text) == (422, True)
    assert re.search(r'name="version"[^>]*value="1"', stale.text)
    assert client.post(page, data={**form, "agree": "y"}).status_code == 302
    assert "Hendra Tanuwijaya" in client.get(page).text
    assert "Warga mengukur" in client.get(world.room(f"/juri/karya/{world.seat}")).text


# -- blind rounds -----------------------------------------------------------------------------------------------------


@pytest.fixture
def blind(world):
    world.round.is_blind = True
    db.session.query(build.EventRole).filter_by(role=Role.SECRETARIAT).delete()
    db.session.commit()
    return world


def test_a_blind_round_names_nobody(blind, sign_in_as):
    client = sign_in_as(blind.juror)
    db.session.query(Assignment).filter_by(public_id=blind.seat).update({"cleared_at": None})
    db.session.commit()
    pages = [blind.room("/juri/benturan")]
    db_pages = ("/juri", f"/juri/karya/{blind.seat}", f"/juri/karya/{blind.seat}/undur", "/juri/nilai")
    texts = [client.get(pages[0]).text]
    db.session.query(Assignment).filter_by(public_id=blind.seat).update({"cleared_at": NOW})
    db.session.commit()
    texts += [client.get(blind.room(path)).text for path in db_pages]
    texts += [
        client.get(blind.room(path)).text for path in ("/kelola/penugasan", "/kelola/panel", "/kelola/juri")
    ]
    texts.append(client.get(blind.room(f"/kelola/juri/{blind.juror_id}")).text)
    texts.append(client.get(blind.room(f"/kelola/panel/karya/{blind.idea}")).text)
    for text in texts:
        for name in (AUTHOR, "Oktavia", "Gugus Gemericik", "Dinas Rahasia Air", "Diskominfo"):
            assert name not in text
    assert f"lampiran-{blind.file[:4]}.jpg" in texts[2]


def test_a_blind_file_has_another_name_and_no_author(blind, sign_in_as):
    answer = sign_in_as(blind.juror).get(blind.room(f"/usulan/{blind.idea}/berkas/{blind.file}"))
    assert answer.status_code == 200
    assert f"lampiran-{blind.file[:4]}.jpg" in answer.headers["Content-Disposition"]
    assert "Diskominfo" not in str(answer.headers)
    assert AUTHOR.encode() in picture()
    assert AUTHOR.encode() not in answer.data
    assert Image.open(io.BytesIO(answer.data)).size == (4, 4)


def test_a_file_that_cannot_be_cleaned_is_not_given_out(blind, sign_in_as):
    stored = storage.save(b"\xff\xd8\xff nothing a camera made, by Oktavia")
    db.session.query(IdeaFile).update({"storage_key": stored.key, "sha256": stored.sha256})
    db.session.commit()
    answer = sign_in_as(blind.juror).get(blind.room(f"/usulan/{blind.idea}/berkas/{blind.file}"))
    assert (answer.status_code, b"Oktavia" in answer.data) == (422, False)


def test_the_chair_is_blind_until_the_organizer_opens_it(blind, sign_in_as):
    client = sign_in_as(blind.juror)
    board = blind.room("/kelola/benturan")
    assert client.get(board).status_code == 404
    assert board not in client.get(blind.room("/kelola/juri")).text
    blind.round.chair_sees = True
    db.session.commit()
    assert client.get(board).status_code == 200


@pytest.mark.parametrize("opened", [False, True])
def test_a_chair_who_does_not_score_it_reads_it_blind_as_well(blind, sign_in_as, opened):
    blind.round.chair_sees = opened
    chair = build.make_user()
    build.give_role(blind.event, chair, Role.CHAIR)
    db.session.commit()
    client = sign_in_as(chair)
    page = client.get(blind.room(f"/kelola/panel/karya/{blind.idea}")).text
    file = client.get(blind.room(f"/usulan/{blind.idea}/berkas/{blind.file}"))
    assert "RAHASIA" in page
    for name in ("Gugus Gemericik", "Diskominfo"):
        assert (name in page) is opened
    assert ("Diskominfo" in file.headers["Content-Disposition"]) is opened
    assert (AUTHOR.encode() in file.data) is opened


def test_a_chair_reads_what_they_are_to_score_after_the_declaration(blind, sign_in_as):
    client = sign_in_as(blind.juror)
    address = blind.room(f"/kelola/panel/karya/{blind.idea}")
    assert client.get(address).status_code == 200
    db.session.query(Assignment).filter_by(public_id=blind.seat).update({"cleared_at": None})
    db.session.commit()
    assert client.get(address).status_code == 404


def test_the_committee_reads_the_file_as_it_was_sent(blind, sign_in_as):
    organizer = build.make_user()
    build.give_role(blind.event, organizer, Role.ORGANIZER)
    db.session.commit()
    answer = sign_in_as(organizer).get(blind.room(f"/usulan/{blind.idea}/berkas/{blind.file}"))
    assert "Diskominfo" in answer.headers["Content-Disposition"]
    assert answer.data == picture()


def test_a_receipt_of_an_entry_in_conflict_stays_and_names_it_no_more(world, sign_in_as):
    client = sign_in_as(world.juror)
    ballot = db.session.query(Ballot).one()
    ballot.state, ballot.submitted_at = BallotState.DRAFT, None
    db.session.commit()
    criteria = db.session.query(build.Criterion).order_by(build.Criterion.position)
    form = {"csrf_token": world.token(client), "version": "1", "langkah": "ajukan"}
    form |= {f"nilai-{criterion.id}": "4" for criterion in criteria}
    assert client.post(world.room(f"/juri/karya/{world.seat}"), data=form).status_code == 302
    receipt = world.room(f"/juri/tanda-terima/{db.session.query(BallotReceipt).one().public_id}")
    assert "RAHASIA" in client.get(receipt).text
    share_unit(world)
    db.session.commit()
    for path in (world.room("/juri/tanda-terima"), receipt):
        page = client.get(path).text
        assert "Karya yang berbenturan dengan Anda" in page
        assert "RAHASIA" not in page
