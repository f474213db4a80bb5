"""What the public reads once results are announced: ranking, files, gallery."""

from __future__ import annotations

import csv
import io
import itertools

import openpyxl
import pytest
from sqlalchemy import insert

from innovate.core.db import db
from innovate.events.domain.kinds import FieldKind, PhaseKind, Role
from innovate.events.domain.meanings import Meaning
from innovate.events.domain.seal import BoardState as S
from innovate.events.models import Event, Group, Prize, Track
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.results.models import Board, StandingRow
from innovate.results.services import boards as services
from innovate.scoring.models.rounds import Round, RoundEntry
from innovate.teams.models import Team
from tests.factories.build import (
    NOW,
    add,
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

FIVES, FOURS, THREES, TWOS = [5] * 5, [4] * 5, [3] * 5, [2] * 5
UP = (S.COLLECTING, S.PROVISIONAL, S.FROZEN, S.SIGNED, S.ANNOUNCED)
PAGE = "/k/lomba/peringkat"


@pytest.fixture
def event(db_session) -> Event:
    return make_event(slug="lomba", name="Lomba Kota", shift_days=-31)


@pytest.fixture
def round_(event) -> Round:
    return make_round(event)


def prize(event: Event, *names: str) -> None:
    for rank, name in enumerate(names, 1):
        add(Prize(event_id=event.id, name=name, rank=rank, position=rank))


def enter(event: Event, round_: Round, title: str, *marks: list[int], group: str = "A", **values) -> Idea:
    found = db.session.query(Group).filter_by(event_id=event.id, code=group).one_or_none()
    team = make_team(event, name=values.pop("team", f"Tim {title}"), group_id=found.id if found else None)
    idea = make_idea(team, state=IdeaState.ELIGIBLE, title=title, **{"in_gallery": True, **values})
    for given in marks:
        make_ballot(make_assignment(round_, idea, make_user()), given)
    return idea


def announce(event: Event, number: int = 1, *, states: tuple[S, ...] = UP, **options) -> None:
    user = make_user()
    give_role(event, user, Role.ORGANIZER)
    actor = get_actor(event.slug, user)
    if options:
        services.set_board_options(
            actor, number, **{"shows_scores": True, "minimum_ballots": 1, **options}, at=NOW
        )
    for before, after in itertools.pairwise(states):
        services.move_board(actor, number, after, expected=before, reason="Tanpa ketua juri.", at=NOW)


def ranks(text: str) -> list[str]:
    """The ranks as they stand on the page, in order."""
    return [part.split("</span>")[0] for part in text.split('<span class="pos">')[1:]]


# -- the leaderboard ----------------------------------------------------------------------------------------------


def test_each_group_has_its_winner_and_its_podium(event, round_, client) -> None:
    prize(event, "Juara I", "Juara II", "Juara III")
    for title, marks in (("TERAS", FIVES), ("RAPI", FOURS), ("SEMAI", THREES), ("KEPAK", TWOS)):
        enter(event, round_, title, marks)
    enter(event, round_, "LENTERA", FOURS, group="B")
    announce(event)
    page = client.get(PAGE).text
    assert "TERAS juara Kelompok A</h1>" in page
    assert "Penilaian proposal, diumumkan Senin, 23 November 2026 pukul 09.30 WIB." in page
    assert ranks(page) == ["1", "2", "3", "4"]
    assert page.count('class="iv-place') == 3
    assert "100,00" in page
    assert "LENTERA" not in page
    other = client.get(f"{PAGE}?kelompok=B").text
    assert "LENTERA juara Kelompok B</h1>" in other
    assert "iv-podium" not in other
    assert "TERAS" not in other
    assert "Hasil akhir" not in page


def test_ties_share_a_rank_and_say_so(event, round_, client) -> None:
    prize(event, "Juara I")
    enter(event, round_, "TERAS", FIVES, FOURS)
    enter(event, round_, "RAPI", FOURS, FIVES)
    enter(event, round_, "SEMAI", THREES, THREES)
    announce(event)
    page = client.get(PAGE).text
    assert "2 karya berbagi peringkat pertama</h1>" in page
    assert "Nilai sama: berbagi peringkat 1." in page
    assert ranks(page) == ["1", "1", "3"]
    assert page.count("Juara I") == 2
    assert "iv-podium" not in page


def test_too_few_ballots_mean_no_rank_and_no_score(event, round_, client) -> None:
    enter(event, round_, "TERAS", THREES, THREES)
    enter(event, round_, "RAPI", FIVES, number=9)
    enter(event, round_, "SEMAI", number=4)
    announce(event, minimum_ballots=2)
    page = client.get(PAGE).text
    ranked, rest = page.split("Belum diperingkat")
    assert ranks(page) == ["1", "–", "–"]
    assert "100,00" not in page
    assert "TERAS" in ranked
    assert "RAPI" not in ranked.split("Peringkat lengkap</h2>")[1]
    assert rest.index("SEMAI") < rest.index("RAPI")  # by number, not by what their ballots say
    assert "100" not in client.get(f"{PAGE}/unduh.csv").text


@pytest.mark.parametrize("kept", [0, 1])
def test_a_competition_without_groups_or_with_one(event, round_, client, kept) -> None:
    for group in db.session.query(Group).filter_by(event_id=event.id).all()[kept:]:
        db.session.delete(group)
    enter(event, round_, "TERAS", FIVES)
    enter(event, round_, "RAPI", FOURS)
    announce(event)
    page = client.get(PAGE).text
    assert "TERAS juara pertama</h1>" in page
    assert ranks(page) == ["1", "2"]
    assert 'aria-label="Kelompok"' not in page


def test_without_prizes_the_podium_names_ranks(event, round_, client) -> None:
    for title, marks in (("TERAS", FIVES), ("RAPI", FOURS), ("SEMAI", THREES)):
        enter(event, round_, title, marks)
    announce(event, shows_scores=False)
    page = client.get(PAGE).text
    assert '<span class="ord">Peringkat 1</span>' in page
    assert "Panitia mengumumkan peringkat tanpa nilai." in page
    assert "100,00" not in page


def test_the_last_round_is_shown_and_earlier_ones_stay_readable(event, round_, client) -> None:
    final = make_round(event, PhaseKind.FINAL, weight=100)
    first, second = enter(event, round_, "TERAS", FIVES), enter(event, round_, "RAPI", FOURS)
    for idea, marks in ((first, TWOS), (second, FIVES)):
        add(RoundEntry(round_id=final.id, idea_id=idea.id, added_by_id=make_user().id, added_at=NOW))
        make_ballot(make_assignment(final, idea, make_user()), marks)
    announce(event, 1)
    announce(event, 2, states=(*UP, S.FINAL))
    page = client.get(PAGE).text
    assert "RAPI juara Kelompok A</h1>" in page
    assert "Hasil akhir" in page
    assert "Nilai babak sebelumnya ikut dihitung" in page
    earlier = client.get(f"{PAGE}?babak=1").text
    assert "Peringkat Penilaian proposal</h1>" in earlier
    assert earlier.split("Peringkat lengkap")[1].index("TERAS") < earlier.rindex("RAPI")
    assert "Peringkat belum diumumkan" in client.get(f"{PAGE}?babak=7").text


def test_search_and_category_narrow_the_list(event, round_, client) -> None:
    track = db.session.query(Track).filter_by(event_id=event.id, code="layanan").one()
    enter(event, round_, "TERAS", FIVES)
    enter(event, round_, "100% SIAGA", FOURS, track_id=track.id)
    enter(event, round_, "LENTERA", THREES, group="B")
    announce(event)
    narrowed = client.get(f"{PAGE}?kategori=layanan").text
    assert ranks(narrowed) == ["2"]
    assert "ke-1 di kategori ini" in narrowed
    everywhere = client.get(f"{PAGE}?q=lentera").text
    assert "Kelompok A</h3>" not in everywhere
    assert ranks(everywhere) == ["1"]
    assert ranks(client.get(f"{PAGE}?q=%25").text) == ["2"]
    assert "Tidak ada karya yang cocok" in client.get(f"{PAGE}?q=tidak-ada").text


def test_names_are_text_never_markup(event, round_, client) -> None:
    enter(event, round_, "<script>alert(1)</script>", FIVES)
    announce(event)
    for address in (PAGE, "/k/lomba/galeri", "/k/lomba"):
        assert "<script>alert" not in client.get(address).text


def fill_up(event: Event, round_: Round, total: int) -> None:
    """`total` further entries on the announced board, straight into the tables."""
    board = db.session.query(Board).filter_by(round_id=round_.id).one()
    captain = make_user()
    start = 1000
    teams = [
        {
            "id": start + n,
            "event_id": event.id,
            "name": f"Tim {n}",
            "captain_id": captain.id,
            "created_at": NOW,
        }
        for n in range(total)
    ]
    ideas = [
        {
            "id": start + n,
            "event_id": event.id,
            "team_id": start + n,
            "title": f"Karya {n}",
            "state": IdeaState.ELIGIBLE,
            "created_at": NOW,
            "updated_at": NOW,
            "answers": {},
            "in_gallery": True,
            "public_id": f"k{n:011}",
        }
        for n in range(total)
    ]
    rows = [
        {
            "snapshot_id": board.snapshot_id,
            "idea_id": start + n,
            "position": n + 10,
            "rank": n + 10,
            "group_code": "A",
            "score": 50.0,
            "raw": 50.0,
            "ballots": 5,
            "idea_public_id": f"k{n:011}",
            "title": f"Karya {n}: Pemantauan Air Parit Bersama Warga Kelurahan",
            "team_name": f"Tim Inovator Kelurahan {n}",
            "unit_name": "Dinas Pekerjaan Umum dan Penataan Ruang",
            "in_gallery": True,
        }
        for n in range(total)
    ]
    db.session.execute(insert(Team), teams)
    db.session.execute(insert(Idea), ideas)
    db.session.execute(insert(StandingRow), rows)
    db.session.commit()


def test_a_page_of_a_large_board_is_small_cheap_and_the_same_for_everybody(event, round_, client) -> None:
    enter(event, round_, "TERAS", FIVES)
    announce(event)
    costs = []
    for total in (500, 4500):
        for rows in (StandingRow.idea_id, Idea.id, Team.id):
            db.session.query(rows.class_).filter(rows >= 1000).delete()
        fill_up(event, round_, total)
        db.session.expunge_all()
        with counted_queries() as queries:
            answer = client.get(PAGE)
        costs.append(len(queries))
        assert len(queries) <= 11, queries
        assert len(answer.data) < 60_000
        assert len(ranks(answer.text)) == 50
        assert "csrf" not in answer.text
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "public, no-cache"
    assert costs[0] == costs[1]
    last = client.get(f"{PAGE}?page=999").text
    assert "Karya 4499" in last
    assert "Halaman 91 dari 91" in last
    assert client.get(f"{PAGE}?page=-3&babak=x&kelompok=zz").status_code == 200


def test_a_returning_visitor_gets_the_unchanged_page_for_free(event, round_, client) -> None:
    enter(event, round_, "TERAS", FIVES)
    announce(event)
    first = client.get(PAGE)
    again = client.get(PAGE, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not again.data


# -- files --------------------------------------------------------------------------------------------------------


def test_files_say_what_was_published(event, round_, client) -> None:
    prize(event, "Juara I")
    enter(event, round_, "TERAS", FIVES, FOURS, number=7, team="Tim Teras")
    enter(event, round_, "RAPI", number=8)
    announce(event)
    answer = client.get(f"{PAGE}/unduh.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="peringkat-lomba.csv"'
    table = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert table[0][:2] == ["Kelompok", "Peringkat"]
    named = ["A", "1", "1", "", "7", "TERAS", "Tim Teras", "", "Juara I", "2"]
    assert table[1] == [*named, "87.5", "87.5", "1", *[""] * 6]
    assert table[2][:2] == ["A", ""]
    assert table[2][-1] == ""
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{PAGE}/unduh.xlsx").data))
    rows = list(book.active.values)
    assert rows[0][0] == "Lomba Kota"
    assert rows[3][1] == 1
    assert 87.5 in rows[3]
    assert rows[4][1] is None
    assert client.get(f"{PAGE}/unduh.pdf").status_code == 404


def test_hidden_scores_are_not_in_the_files(event, round_, client) -> None:
    enter(event, round_, "TERAS", FIVES, FOURS)
    announce(event, shows_scores=False)
    assert "87.5" not in client.get(f"{PAGE}/unduh.csv").text
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{PAGE}/unduh.xlsx").data)).active
    assert 87.5 not in [value for row in sheet.values for value in row]


@pytest.mark.parametrize("evil", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "=HYPERLINK(1)", "{=1+1}"])
def test_no_spreadsheet_runs_what_a_team_wrote(event, round_, client, evil) -> None:
    enter(event, round_, evil, FIVES, team=f"{evil} tim")
    announce(event)
    table = list(csv.reader(io.StringIO(client.get(f"{PAGE}/unduh.csv").data.decode("utf-8-sig"))))
    assert all(cell[:1] not in {"=", "+", "-", "@", "\t", "\r"} for row in table for cell in row)
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{PAGE}/unduh.xlsx").data)).active
    assert [cell.value for cell in sheet[4]][5] == evil
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


# -- the gallery --------------------------------------------------------------------------------------------------


def test_the_gallery_shows_who_agreed_winners_first(event, round_, client) -> None:
    prize(event, "Juara I")
    enter(event, round_, "RAPI", THREES, number=1)
    best = enter(event, round_, "TERAS", FIVES, number=2)
    shy = enter(event, round_, "SEMAI", FOURS, number=3, in_gallery=False)
    assert "Galeri dibuka bersama pengumuman" in client.get("/k/lomba/galeri").text
    announce(event)
    page = client.get("/k/lomba/galeri").text
    assert page.index("TERAS") < page.index("RAPI")
    assert "Juara I</span>" in page
    assert "A-001" in page
    assert "SEMAI" not in page
    assert client.get(f"/k/lomba/galeri/{shy.public_id}").status_code == 404
    assert f"/galeri/{shy.public_id}" not in client.get(PAGE).text
    assert f"/galeri/{best.public_id}" in client.get(PAGE).text
    assert "Tidak ada karya yang cocok" in client.get("/k/lomba/galeri?q=tidak-ada").text


def test_the_gallery_orders_winners_by_their_award_and_narrows_to_a_category(event, round_, client) -> None:
    prize(event, "Juara I", "Juara II")
    track = db.session.query(Track).filter_by(event_id=event.id).order_by(Track.position).first()
    enter(event, round_, "RAPI", THREES, number=1)
    enter(event, round_, "TERAS", FIVES, number=2, track_id=track.id)
    enter(event, round_, "SEMAI", FOURS, number=3)
    announce(event)
    page = client.get("/k/lomba/galeri").text
    assert page.index("TERAS") < page.index("SEMAI") < page.index("RAPI")
    narrowed = client.get(f"/k/lomba/galeri?kategori={track.code}").text
    assert "TERAS" in narrowed
    assert "SEMAI" not in narrowed


def test_an_acronym_is_written_out_below_its_title(event, round_, client) -> None:
    make_field(event, "panjang", label="Kepanjangan nama inovasi", meaning=Meaning.EXPANSION)
    idea = enter(event, round_, "TERAS", FIVES, answers={"panjang": "Terpadu Antre Sekali"})
    announce(event)
    page = client.get(f"/k/lomba/galeri/{idea.public_id}").text
    assert '<p class="iv-lead mt-3">Terpadu Antre Sekali</p>' in page
    assert "Kepanjangan nama inovasi" not in page


def test_finalists_are_marked_once_the_final_is_public_and_not_before(event, round_, client) -> None:
    final = make_round(event, PhaseKind.FINAL, takes_all=False)
    best = enter(event, round_, "TERAS", FIVES)
    enter(event, round_, "RAPI", THREES)
    add(RoundEntry(round_id=final.id, idea_id=best.id, added_by_id=make_user().id, added_at=NOW))
    make_ballot(make_assignment(final, best, make_user()), FIVES)
    announce(event, 1)
    assert "Finalis" not in client.get(f"{PAGE}?babak=1").text
    announce(event, 2)
    page = client.get(f"{PAGE}?babak=1").text
    assert "<strong>Finalis</strong>" in page
    assert "Batas finalis: 1 terbaik" in page
    assert "Batas finalis" not in client.get(f"{PAGE}?babak=2").text
    assert "Batas finalis" not in client.get(f"{PAGE}?babak=1&q=TERAS").text


def test_consent_can_be_taken_back_after_the_announcement(event, round_, client) -> None:
    idea = enter(event, round_, "TERAS", FIVES)
    announce(event)
    assert client.get(f"/k/lomba/galeri/{idea.public_id}").status_code == 200
    idea.in_gallery = False
    assert client.get(f"/k/lomba/galeri/{idea.public_id}").status_code == 404
    assert "TERAS" not in client.get("/k/lomba/galeri").text
    page = client.get(PAGE).text
    assert "TERAS" in page
    assert f"/galeri/{idea.public_id}" not in page


def test_an_entry_is_read_as_it_was_judged_without_its_attachments(event, round_, client) -> None:
    make_field(event, "ringkasan", label="Ringkasan")
    make_field(event, "surat", label="Surat rahasia", kind=FieldKind.FILE, word_limit=None)
    make_field(event, "video", label="Video", kind=FieldKind.VIDEO, word_limit=None)
    answers = {"ringkasan": "Warga *mengukur* air.", "video": "javascript:alert(1)"}
    idea = enter(event, round_, "TERAS", FIVES, answers=answers, number=5)
    announce(event)
    idea.answers = {"ringkasan": "Diubah sesudah dinilai."}
    page = client.get(f"/k/lomba/galeri/{idea.public_id}").text
    assert "<em>mengukur</em>" in page
    assert "Diubah sesudah dinilai" not in page
    assert "Surat rahasia" not in page
    assert 'href="javascript' not in page
    assert "A-005" in page
    assert 'property="og:title" content="TERAS"' in page


def test_awards_of_the_final_stand_in_the_gallery_of_all_entries(event, round_, client) -> None:
    prize(event, "Juara I")
    final = make_round(event, PhaseKind.FINAL)
    best = enter(event, round_, "TERAS", FOURS)
    enter(event, round_, "RAPI", THREES)
    add(RoundEntry(round_id=final.id, idea_id=best.id, added_by_id=make_user().id, added_at=NOW))
    make_ballot(make_assignment(final, best, make_user()), FIVES)
    announce(event, 1)
    assert "Juara I" not in client.get("/k/lomba/galeri").text
    announce(event, 2)
    page = client.get("/k/lomba/galeri").text
    assert "Juara I</span>" in page
    assert "RAPI" in page
    assert "Juara I</span>" in client.get(f"/k/lomba/galeri/{best.public_id}").text


def test_a_competition_without_a_gallery_has_none(event, round_, client) -> None:
    event.gallery_enabled = False
    idea = enter(event, round_, "TERAS", FIVES)
    announce(event)
    assert client.get("/k/lomba/galeri").status_code == 404
    assert client.get(f"/k/lomba/galeri/{idea.public_id}").status_code == 404
    assert "/galeri" not in client.get(PAGE).text


def test_the_gallery_costs_the_same_for_one_and_for_many(event, round_, client) -> None:
    enter(event, round_, "TERAS", FIVES)
    announce(event)
    costs = []
    for total in (1, 30):
        for rows in (StandingRow.idea_id, Idea.id, Team.id):
            db.session.query(rows.class_).filter(rows >= 1000).delete()
        fill_up(event, round_, total)
        db.session.expunge_all()
        with counted_queries() as queries:
            page = client.get("/k/lomba/galeri").text
        costs.append(len(queries))
    assert "Halaman 1 dari 2" in page
    assert costs[0] == costs[1]
