"""The juror's reading room: pages, films and private notes are for whoever may read the entry, and for nobody else."""

import io
import re

import pypdfium2 as pdfium
import pytest
from PIL import Image

from innovate.core import storage
from innovate.core.db import db
from innovate.demo.domain.papers import make_pdf
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea, IdeaFile, IdeaRevision
from innovate.ideas.services.pages import draw_waiting
from innovate.scoring.models.ballots import BallotScore, BallotState
from innovate.scoring.models.integrity import PactSignature
from innovate.scoring.models.jury import Assignment, Conflict, ConflictSource
from innovate.scoring.models.reading import ReadingNote
from innovate.teams.models import Team
from tests.factories import build
from tests.factories.build import NOW
from tests.factories.papers import add_page, attach_paper
from tests.factories.pitch import make_pitch_day
from tests.support.queries import counted_queries

AUTHOR, TEAM, UNIT, FILE = (
    "Oktavia Damayanti",
    "Gugus Gemericik",
    "Dinas Rahasia Air",
    "Surat Oktavia Dinas.pdf",
)
SECRET = "Menurut saya kurang jujur"
# A WebM that only has a head and the name of its maker: EBML, then a segment with MuxingApp.
FILM = b"\x1a\x45\xdf\xa3\x87\x42\x82\x84webm\x18\x53\x80\x67\x8f\x15\x49\xa9\x66\x8a\x4d\x80\x87Oktavia"


def paper() -> bytes:
    """A real document of two pages whose information names its author."""
    content = make_pdf("Bukti", [f"Butir {n} tentang parit." for n in range(30)])
    return content.replace(b"/Producer (Innovate)", b"/Author (%s)" % AUTHOR.encode())


class Room:
    """One entry with a file, its juror, and people who must stay outside."""

    def __init__(self):
        self.event = build.make_event(shift_days=-17)
        build.make_field(self.event)
        build.make_field(self.event, "bukti", kind="file", word_limit=None, required=False)
        self.round = build.make_round(self.event)
        self.juror = self.someone(Role.JUROR)
        captain = build.make_user(name=AUTHOR)
        team = build.make_team(self.event, captain, name=TEAM, unit_id=build.make_unit(name=UNIT).id)
        self.idea = build.make_idea(team, state=IdeaState.ELIGIBLE, title="PARIT KITA", number=1)
        self.file = attach_paper(self.idea, paper(), key="bukti", name=FILE)
        self.seat = build.make_assignment(self.round, self.idea, self.juror)
        self.idea_key, self.file_key, self.slug = self.idea.id, self.file.id, self.event.slug
        self.card = f"/k/{self.slug}/juri/karya/{self.seat.public_id}"
        self.download = f"/k/{self.slug}/usulan/{self.idea.public_id}/berkas/{self.file.public_id}"
        self.page = f"{self.download}/halaman/1"
        db.session.commit()

    def someone(self, *roles):
        user = build.make_user()
        for role in roles:
            build.give_role(self.event, user, role)
        return user

    def jot(self, client, text=SECRET, version="0"):
        token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/akun").text).group(1)
        data = {"csrf_token": token, "catatan_pribadi": text, "version": version}
        return client.post(self.card + "/catatan-pribadi", data=data, headers={"X-Requested-With": "fetch"})


@pytest.fixture
def room(app):
    return Room()


@pytest.fixture
def drawn(room):
    """Its pages as the runner would have left them."""
    db.session.query(IdeaFile).update({"pages_state": "ready", "pages_total": 1})
    add_page(db.session.get_one(IdeaFile, room.file_key), "Butir 0")
    db.session.commit()
    return room


def test_the_juror_reads_pages_and_writes_notes(drawn, sign_in_as):
    juror = sign_in_as(drawn.juror)
    assert juror.get(drawn.page).mimetype == "image/webp"
    assert drawn.jot(juror).json == {"version": 1, "saved_at": "09.30", "text": SECRET}
    page = juror.get(drawn.card).text
    assert page.count(f'src="{drawn.page}"') == 1
    assert page.count(SECRET) == 1
    assert juror.get(drawn.page.removesuffix("1") + "2").status_code == 404
    token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)
    refused = juror.post(drawn.card, data={"csrf_token": token, "version": "0", "langkah": "ajukan"})
    assert (refused.status_code, SECRET in refused.text) == (
        422,
        True,
    )  # a refused ballot leaves the notes alone
    assert drawn.jot(juror, SECRET + ".", "1").json["version"] == 2


def in_conflict(room):
    tie = {
        "source": ConflictSource.DECLARED,
        "reason": "Kakak saya",
        "declared_by_id": room.juror.id,
        "at": NOW,
    }
    db.session.add(Conflict(event_id=room.event.id, idea_id=room.idea_key, user_id=room.juror.id, **tie))
    return room.juror


def of_another_event(room):
    other = build.make_user()
    build.give_role(build.make_event(shift_days=-17), other, Role.JUROR)
    return other


@pytest.mark.parametrize(
    "who",
    [in_conflict, of_another_event, lambda room: room.someone(Role.JUROR), lambda _room: build.make_user()],
    ids=["in conflict", "juror of another event", "juror of another entry", "stranger"],
)
def test_nobody_else_finds_pages_or_notes(drawn, sign_in_as, who):
    client = sign_in_as(who(drawn))
    answers = [client.get(drawn.page), client.get(drawn.download), client.get(drawn.card), drawn.jot(client)]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert db.session.query(ReadingNote).count() == 0


@pytest.mark.parametrize(("shut", "word"), [("pact", "pakta integritas"), ("declaration", "benturan")])
def test_nothing_opens_before_pact_and_declaration(drawn, sign_in_as, shut, word):
    if shut == "pact":
        db.session.query(PactSignature).delete()
    else:
        db.session.query(Assignment).update({"cleared_at": None})
    juror = sign_in_as(drawn.juror)
    assert [juror.get(address).status_code for address in (drawn.page, drawn.download)] == [404, 404]
    refused = drawn.jot(juror)  # the entry is theirs to open, so they are told how
    assert (refused.status_code, word in refused.json["message"]) == (422, True)
    assert db.session.query(ReadingNote).count() == 0


def test_a_blind_round_says_nothing_around_the_pages(room, sign_in_as):
    assert AUTHOR in pdfium.PdfDocument(paper()).get_metadata_value("Author")
    db.session.query(IdeaFile).filter_by(id=room.file_key).update({"pages_state": "waiting"})
    room.round.is_blind = True
    db.session.commit()
    assert draw_waiting(at=NOW) == 1
    juror = sign_in_as(room.juror)
    page = juror.get(room.card).text
    shown = re.findall(r'<img src="([^"]+)"[^>]* alt="([^"]+)"', page)
    assert shown == [(f"{room.download}/halaman/{n}", f"Halaman {n} dari 2") for n in (1, 2)]
    picture, file = juror.get(room.page), juror.get(room.download)
    assert Image.open(io.BytesIO(picture.data)).width == 1200
    said = [
        page,
        str(picture.headers),
        picture.data.decode("latin-1"),
        str(file.headers),
        file.data.decode("latin-1"),
    ]
    for name in (AUTHOR, "Oktavia", TEAM, UNIT, "Surat"):
        assert [name in text for text in said] == [False] * len(said), name


def test_a_film_plays_in_parts_under_a_neutral_name(room, sign_in_as):
    film = {"media_type": "video/webm", "filename": "Oktavia.webm", "size": len(FILM)}
    db.session.query(IdeaFile).update(film | {"storage_key": storage.save(FILM).key})
    room.round.is_blind = True
    db.session.commit()
    juror = sign_in_as(room.juror)
    page = juror.get(room.card).text
    assert re.search(rf'<video [^>]*src="{room.download}" controls preload="metadata"', page)
    assert "Oktavia" not in page
    part = juror.get(room.download, headers={"Range": "bytes=4-20"})
    assert (part.status_code, part.headers["Content-Range"]) == (206, f"bytes 4-20/{len(FILM)}")
    assert (part.mimetype, part.headers["X-Content-Type-Options"]) == ("video/webm", "nosniff")
    assert "media-src 'self'" in part.headers["Content-Security-Policy"]
    assert "Oktavia" not in str(part.headers) + juror.get(room.download).data.decode("latin-1")
    assert sign_in_as(build.make_user()).get(room.download, headers={"Range": "bytes=0-1"}).status_code == 404


def test_another_juror_of_the_entry_has_notes_of_their_own(room, sign_in_as):
    room.jot(sign_in_as(room.juror))
    other = room.someone(Role.JUROR)
    seat = build.make_assignment(room.round, db.session.get_one(build.Idea, room.idea_key), other)
    db.session.commit()
    own = sign_in_as(other).get(f"/k/{room.slug}/juri/karya/{seat.public_id}").text
    assert "Catatan pribadi" in own
    assert SECRET not in own


def queue_of(client, room, **asked):
    page = client.get(f"/k/{room.slug}/juri", query_string=asked).text
    tabs = dict(re.findall(r'>(\w+)<span class="iv-count-note">(\d+)</span>', page))
    return re.findall(r'<th scope="row">(?:<a [^>]+>)?(PARIT KITA|Tim \d+)', page), tabs


def test_the_queue_shows_what_is_left_in_the_order_asked_for(room, sign_in_as):
    add_seats(room, 3)
    db.session.commit()
    juror = sign_in_as(room.juror)
    titles, tabs = queue_of(juror, room)
    assert titles == ["PARIT KITA", "Tim 2", "Tim 3", "Tim 4"]
    assert tabs == {"Semua": "4", "Sisa": "4", "Belum": "4", "Sedang": "0", "Selesai": "0"}
    hand_in(juror, room)
    titles, tabs = queue_of(juror, room, hanya="sisa", urut="judul")
    assert titles == ["Tim 2", "Tim 3", "Tim 4"]
    assert tabs == {"Semua": "4", "Sisa": "3", "Belum": "3", "Sedang": "0", "Selesai": "1"}
    assert queue_of(juror, room, urut="keadaan")[0] == ["Tim 2", "Tim 3", "Tim 4", "PARIT KITA"]
    assert queue_of(juror, room, urut="nilai")[0][0] == "PARIT KITA"
    assert queue_of(juror, room, urut="apa-saja")[0] == ["PARIT KITA", "Tim 2", "Tim 3", "Tim 4"]
    in_conflict(room)
    db.session.commit()
    titles, tabs = queue_of(juror, room)
    assert titles == ["Tim 2", "Tim 3", "Tim 4"]
    assert tabs == {"Semua": "3", "Sisa": "3", "Belum": "3", "Sedang": "0", "Selesai": "0"}


def hand_in(client, room):
    values = {f"nilai-{key}": "4" for (key,) in db.session.query(build.Criterion.id)}
    page = client.get(room.card).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)
    answer = client.post(room.card, data={"csrf_token": token, "version": "0", "langkah": "ajukan", **values})
    assert answer.status_code == 302


@pytest.mark.parametrize("state", [BallotState.DRAFT, BallotState.SUBMITTED])
@pytest.mark.parametrize("blind", [False, True])
def test_the_scoring_page_asks_little_whatever_there_is(drawn, sign_in_as, blind, state):
    """Pages drawn, notes of all kinds, a pitch day going on; five entries of the juror's, then five hundred."""
    build.make_ballot(db.session.query(Assignment).one(), [4, 4, 4, 4, 4], state=state)
    words = {"comment": "Alasan kriteria", "comment_internal": "Cek angka"}
    db.session.query(BallotScore).update(words)
    drawn.round.is_blind = blind
    make_pitch_day(drawn.round, db.session.query(Idea).one())
    db.session.commit()
    juror = sign_in_as(drawn.juror)
    drawn.jot(juror)
    counts = []
    for more in (4, 495):
        add_seats(drawn, more)
        db.session.commit()
        db.session.expunge_all()
        with counted_queries() as queries:
            page = juror.get(drawn.card).text
        for shown in (SECRET, drawn.page, "Alasan kriteria", "Cek angka", "Karya 1 dari", "iv-pitchbar"):
            assert shown in page
        assert len(queries) <= 15, str(queries)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def add_seats(room, more):
    """More entries of the event, all of them the juror's."""
    event_id, captain_id, round_id = room.event.id, room.someone().id, room.round.id
    known = db.session.query(Idea).count()
    numbers = range(known + 1, known + 1 + more)
    teams = [Team(event_id=event_id, name=f"Tim {n}", captain_id=captain_id, created_at=NOW) for n in numbers]
    db.session.add_all(teams)
    db.session.flush()
    times = {"created_at": NOW, "updated_at": NOW, "submitted_at": NOW}
    ideas = [
        Idea(event_id=event_id, team_id=team.id, title=team.name, state=IdeaState.ELIGIBLE, number=n, **times)
        for team, n in zip(teams, numbers, strict=True)
    ]
    db.session.add_all(ideas)
    db.session.flush()
    for idea in ideas:
        idea.submitted_revision = IdeaRevision(
            idea_id=idea.id, number=1, title=idea.title, answers={}, author_id=captain_id, at=NOW
        )
    seats = [
        Assignment(round_id=round_id, idea_id=idea.id, user_id=room.juror.id, created_at=NOW, cleared_at=NOW)
        for idea in ideas
    ]
    db.session.add_all(seats)
    db.session.flush()
