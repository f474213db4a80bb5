"""What visitors read."""

from __future__ import annotations

from datetime import timedelta

import pytest

from innovate.core.db import db
from innovate.events.domain.kinds import EventState, PhaseKind, Role
from innovate.events.models import Phase, PhaseChange, Prize, Question, Resource
from innovate.events.services import public_page
from tests.factories.build import NOW, give_role, make_event, make_team, make_unit, make_user
from tests.support.queries import counted_queries


@pytest.fixture
def event(app):
    event = make_event(
        slug="lomba",
        name="Lomba Inovasi Kota",
        tagline="Untuk semua unit & puskesmas",
        description="Gambaran **lengkap**.",
        rules="1. Satu tim satu usulan.",
        host="Bagian Organisasi",
        contact="inovasi@pontianak.go.id",
    )
    db.session.add_all(
        [
            Prize(event_id=event.id, name="Juara I", description="Piala"),
            Question(event_id=event.id, question="Apakah dipungut biaya?", answer="Tidak."),
            Resource(event_id=event.id, title="Juknis", url="https://contoh.go.id/juknis"),
        ]
    )
    give_role(event, make_user(name="Maria Sulastri"), Role.JUROR)
    db.session.commit()
    return event


def test_visitor_reads_everything_on_one_page(event, client):
    text = client.get("/k/lomba").text
    for part in (
        "<h1>Lomba Inovasi Kota</h1>",
        "Untuk semua unit &amp; puskesmas",
        "<strong>lengkap</strong>",
        "Satu tim satu usulan.",
        "Juara I",
        "Apakah dipungut biaya?",
        "https://contoh.go.id/juknis",
        "Maria Sulastri",
        "Pendaftaran ditutup dalam",
        "Kamis, 3 Desember 2026 pukul 09.30 WIB",
        'href="/k/lomba/tim/baru"',
        "Kelompok A",
        "Pelayanan publik",
    ):
        assert part in text, part
    assert "csrf_token" not in text
    assert "/kelola/" not in text


def test_visitors_may_read_english(event, client):
    client.set_cookie("lang", "en")
    text = client.get("/k/lomba").text
    assert "Registration closes in" in text
    assert "Thursday, 3 December 2026, 09:30 WIB" in text
    assert "Ask the committee" in text
    assert "Questions and answers" in text


def test_names_of_our_templates_are_translated_and_an_organizers_own_are_not(event, client):
    db.session.query(Phase).filter_by(
        event_id=event.id, kind=PhaseKind.REGISTRATION
    ).one().name = "Gelombang dua"
    event.group_label, event.track_label = "Kelompok", "Bidang unggulan"
    db.session.commit()
    client.set_cookie("lang", "en")
    text = client.get("/k/lomba").text
    assert "Gelombang dua closes in" in text
    assert "Group: each judged on its own" in text
    assert "Bidang unggulan" in text


def test_the_page_says_how_many_take_part_and_from_where(event, client):
    assert "Sudah mendaftar" not in client.get("/k/lomba").text
    unit = make_unit()
    make_team(event, unit_id=unit.id)
    make_team(event, unit_id=unit.id)
    make_team(event, organization="Universitas Khatulistiwa")
    make_team(event, organization="universitas khatulistiwa", disbanded_at=NOW)
    db.session.commit()
    text = client.get("/k/lomba").text
    assert "Sudah mendaftar" in text
    assert "3 tim dari 2 unit atau lembaga" in text


def test_search_engines_and_messengers_get_title_and_text(event, client, app):
    app.config["PUBLIC_URL"] = "https://inovasi.example.go.id"
    text = client.get("/k/lomba").text
    assert '<meta property="og:title" content="Lomba Inovasi Kota">' in text
    assert '<meta property="og:description" content="Untuk semua unit &amp; puskesmas">' in text
    assert '<meta property="og:url" content="https://inovasi.example.go.id/k/lomba">' in text
    assert '<link rel="canonical" href="https://inovasi.example.go.id/k/lomba">' in text


def test_page_answers_304_until_it_changes(event, client):
    first = client.get("/k/lomba")
    tag = first.headers["ETag"]
    again = client.get("/k/lomba", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    event.name = "Lomba Berganti Nama"
    db.session.commit()
    assert client.get("/k/lomba", headers={"If-None-Match": tag}).status_code == 200


def test_signed_in_pages_are_private(event, sign_in_as):
    answer = sign_in_as(make_user()).get("/k/lomba")
    assert answer.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("shift", "words"),
    [
        (20, "Pendaftaran dibuka dalam"),
        (-12, "Seleksi administrasi ditutup dalam"),
        (-17, "Penilaian proposal ditutup dalam"),
        (-40, "Kompetisi ini sudah selesai"),
    ],
)
def test_page_says_where_the_competition_is_in_time(client, app, shift, words):
    make_event(slug="lain", shift_days=shift)
    db.session.commit()
    text = client.get("/k/lain").text
    assert words in text
    assert "Daftarkan tim" not in text


def test_gap_between_phases_is_marked_today(client, app):
    make_event(slug="sela", shift_days=-25.5)
    db.session.commit()
    assert "Hari ini" in client.get("/k/sela").text


def test_unknown_and_draft_look_the_same_to_a_visitor(client, app):
    make_event(slug="draf", state=EventState.DRAFT)
    db.session.commit()
    unknown, draft = client.get("/k/tidak-ada"), client.get("/k/draf")
    assert (unknown.status_code, draft.status_code) == (404, 404)
    assert unknown.text == draft.text.replace("draf", "tidak-ada")
    assert client.get("/k/draf/jadwal.ics").status_code == 404


def test_archived_events_stay_readable(client, app):
    make_event(slug="arsip", state=EventState.ARCHIVED, shift_days=-40)
    db.session.commit()
    assert client.get("/k/arsip").status_code == 200


def test_event_page_costs_few_queries_and_no_more_with_rows(event, client, monkeypatch):
    def cost() -> int:
        db.session.expunge_all()
        with counted_queries() as queries:
            assert client.get("/k/lomba").status_code == 200
        return len(queries)

    few = cost()
    key = event.id
    for n in range(3):
        db.session.add(Prize(event_id=key, name=f"Juara {n}"))
        db.session.add(Question(event_id=key, question=f"Tanya {n}", answer="Ya"))
        give_role(event, make_user(), Role.JUROR)
    db.session.commit()
    assert cost() == few <= 16
    for registered in (public_page._sections, public_page._facts, public_page._steps):
        monkeypatch.setattr(public_page, registered_name(registered), {})
    assert cost() <= 7


def registered_name(registered: object) -> str:
    return next(name for name, value in vars(public_page).items() if value is registered)


def test_features_above_add_their_sections(event, client, app, tmp_path):
    section = public_page.Section("contoh", "Contoh bagian", "events/_divisions.html", lambda *_: {"x": 1})
    silent = public_page.Section("diam", "Tidak tampil", "events/_divisions.html", lambda *_: None)
    public_page.add_section(section)
    public_page.add_section(silent)
    public_page.add_fact("usulan", lambda *_: ("Sudah mendaftar", "64 tim"))
    try:
        text = client.get("/k/lomba").text
    finally:
        for key in ("contoh", "diam"):
            public_page._sections.pop(key)
        public_page._facts.pop("usulan")
    assert '<a href="#contoh">Contoh bagian</a>' in text
    assert "Tidak tampil" not in text
    assert "64 tim" in text


# -- calendar -----------------------------------------------------------------------------------------------------


def test_calendar_counts_moved_deadlines(event, client):
    phase = event.phases[1] if "phases" in event.__dict__ else first_phase(event.id)
    db.session.add(
        PhaseChange(
            phase_id=phase.id,
            at=NOW - timedelta(days=1),
            actor_id=make_user().id,
            reason="Libur",
            old_starts_at=phase.starts_at,
            old_ends_at=phase.ends_at - timedelta(days=2),
            new_starts_at=phase.starts_at,
            new_ends_at=phase.ends_at,
        )
    )
    db.session.commit()
    answer = client.get("/k/lomba/jadwal.ics")
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Content-Disposition"] == "attachment; filename=lomba.ics"
    text = answer.text.replace("\r\n ", "")
    blocks = [block for block in text.split("BEGIN:VEVENT")[1:] if f"UID:{phase.public_id}@" in block]
    assert len(blocks) == 1
    assert "SEQUENCE:1" in blocks[0]
    assert f"DTEND:{phase.ends_at:%Y%m%dT%H%M%SZ}" in blocks[0]
    assert "LAST-MODIFIED:20261122T023000Z" in blocks[0]
    assert text.count("BEGIN:VEVENT") == 6


def first_phase(event_id: int):
    from innovate.events.models import Phase

    return db.session.query(Phase).filter_by(event_id=event_id).order_by(Phase.position).first()


# -- the list -----------------------------------------------------------------------------------------------------


def test_list_narrows_searches_and_says_when_empty(client, app):
    make_event(name="Lomba Terbuka")
    make_event(name="Lomba Nanti", shift_days=20)
    make_event(name="Lomba Lampau", shift_days=-40)
    make_event(name="Lomba Rahasia", state=EventState.DRAFT)
    db.session.commit()

    def names(query: str) -> set[str]:
        text = client.get(f"/kompetisi{query}").text
        return {name for name in ("Terbuka", "Nanti", "Lampau", "Rahasia") if f">Lomba {name}</a>" in text}

    assert names("") == {"Terbuka", "Nanti", "Lampau"}
    assert names("?saat=open") == {"Terbuka"}
    assert names("?saat=upcoming") == {"Nanti"}
    assert names("?saat=past") == {"Lampau"}
    assert names("?q=LAMPAU") == {"Lampau"}
    assert names("?saat=bukan-apa-apa&page=999") == {"Terbuka", "Nanti", "Lampau"}
    empty = client.get("/kompetisi?saat=open&q=zzz<b>").text
    assert "Tidak ada kompetisi yang cocok" in empty
    assert "zzz<b>" not in empty


def test_list_pages_and_costs_the_same(client, app):
    def cost() -> int:
        db.session.expunge_all()
        with counted_queries() as queries:
            client.get("/kompetisi")
        return len(queries)

    make_event()
    db.session.commit()
    one = cost()
    for _ in range(24):
        make_event()
    db.session.commit()
    assert cost() == one <= 4
    text = client.get("/kompetisi?page=2").text
    assert "Halaman 2 dari 2" in text
    assert text.count('class="iv-item"') == 5


def test_only_site_organizers_are_offered_to_create(client, app, sign_in_as):
    assert "Buat kompetisi" not in client.get("/kompetisi").text
    assert client.get("/kompetisi/baru").status_code == 302
    member = sign_in_as(make_user())
    assert "Buat kompetisi" not in member.get("/kompetisi").text
    for page in ("", "/identitas?template=kota", "/jadwal", "/periksa"):
        assert member.get(f"/kompetisi/baru{page}").status_code == 404
