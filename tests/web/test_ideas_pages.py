"""The team's pages of an idea, from the first draft to the receipt."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest

from innovate.events.domain.kinds import EventState, Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea, IdeaFile
from innovate.ideas.queries.completeness import list_fields
from innovate.ideas.queries.ideas import get_idea
from innovate.notifications.models import OutboxMail
from tests.factories import build
from tests.factories.proposals import COMPLETE, NOW, PDF, draft, make_scene, submitted
from tests.support.queries import counted_queries

DEADLINE = NOW + timedelta(days=10)
JSON = {"Accept": "application/json"}


@pytest.fixture
def scene(db_session):
    return make_scene(contact="Bagian Organisasi")


@pytest.fixture
def rina(scene, sign_in_as):
    return sign_in_as(scene.captain)


def address(scene, idea, page=""):
    return f"/k/{scene.event.slug}/usulan/{idea.public_id}{page}"


def flat(**more):
    return {**{name: value[0] for name, value in COMPLETE.items()}, **more}


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.text))


def test_from_nothing_to_the_receipt(scene, rina, db_session):
    page = rina.get(f"/k/{scene.event.slug}/usulan")
    assert "Mulai usulan" in page.text
    begun = rina.post(f"/k/{scene.event.slug}/usulan/baru", data={"team": scene.team.public_id})
    assert begun.status_code == 302
    editor = rina.get(begun.location)
    assert "Panitia belum menerima usulan ini" in editor.text
    assert "Judul belum diisi." in editor.text
    idea = db_session.query(Idea).one()
    saved = rina.post(begun.location, data=flat(version=idea.version, action="check"))
    assert saved.location.endswith("/ajukan")
    check = rina.get(saved.location)
    assert "Warga mengukur air parit setiap pagi." in check.text
    assert "karya asli" in check.text
    sent = rina.post(saved.location, data={"version": idea.version, "is_original": "y", "in_gallery": "y"})
    assert sent.location.endswith("/tanda-terima")
    receipt = rina.get(sent.location)
    assert "<b>A-001</b>" in receipt.text
    assert "Senin, 23 November 2026 pukul 09.30 WIB" in receipt.text
    assert "Rina Maharani" in receipt.text
    shown = rina.get(address(scene, idea))
    assert "DIAJUKAN" in shown.text
    assert "DRAF" not in shown.text
    assert db_session.query(OutboxMail).filter_by(template="idea_submitted").count() == 2


def test_draft_and_handed_in_never_look_alike(scene, rina):
    idea = draft(scene)
    assert "iv-draftbar" in rina.get(address(scene, idea)).text
    submitted(scene)
    page = rina.get(address(scene, idea)).text
    assert "iv-sentbar" in page
    assert "iv-draftbar" not in page
    rina.post(address(scene, idea, "/ubah"), data=flat(title="LAIN", version=idea.version))
    page = rina.get(address(scene, idea)).text
    assert "DRAF BERUBAH" in page
    assert "Yang dinilai tetap isi yang diajukan Senin, 23 November 2026 pukul 09.30 WIB" in page


def test_autosave_answers_time_version_and_what_is_missing(scene, rina):
    idea = draft(scene)
    data = flat(version=idea.version, **{"f-ringkasan": ""})
    answer = rina.post(address(scene, idea, "/ubah"), data=data, headers=JSON)
    assert answer.json["saved_at"] == "09.30"
    assert answer.json["version"] == data["version"] + 1
    assert answer.json["missing"] == [{"anchor": "f-ringkasan", "text": "Ringkasan belum diisi."}]
    assert answer.json["progress"]["f-ringkasan"] == "empty"


def test_two_tabs_join_or_ask(scene, rina, sign_in_as, db_session):
    idea = draft(scene)
    base = idea.version
    dedi = sign_in_as(scene.member)
    where = address(scene, idea, "/ubah")
    dedi.post(
        where, data=flat(version=base, **{"f-slogan": "dari Dedi", "touched": "f-slogan"}), headers=JSON
    )
    joined = rina.post(
        where, data=flat(version=base, title="BARU", touched="title", **{"f-slogan": ""}), headers=JSON
    )
    assert joined.json["merged"] == {"f-slogan": "dari Dedi"}
    clash = rina.post(
        where, data=flat(version=base, **{"f-slogan": "dari Rina", "touched": "f-slogan"}), headers=JSON
    )
    assert clash.status_code == 409
    assert clash.json["by"] == "Dedi Kurnia"
    assert clash.json["conflicts"] == ["f-slogan"]
    assert clash.json["current"]["f-slogan"] == "dari Dedi"


def test_without_script_both_versions_are_shown_and_one_is_chosen(scene, rina, sign_in_as, db_session):
    idea = draft(scene)
    base = idea.version
    where = address(scene, idea, "/ubah")
    sign_in_as(scene.member).post(where, data=flat(version=base, **{"f-slogan": "dari Dedi"}))
    clash = rina.post(where, data=flat(version=base, **{"f-slogan": "dari Rina"}))
    assert clash.status_code == 409
    assert "dari Rina" in clash.text
    assert "Tulisan Dedi Kurnia:" in clash.text
    assert "dari Dedi" in clash.text
    version = re.search(r'name="version" value="(\d+)"', clash.text)[1]
    rina.post(where, data=flat(version=version, **{"f-slogan": "dari Rina", "choose-f-slogan": "theirs"}))
    db_session.expire_all()
    assert db_session.get(Idea, idea.id).answers["slogan"] == "dari Dedi"
    rina.post(where, data=flat(version=version, **{"f-slogan": "dari Rina", "choose-f-slogan": "mine"}))
    db_session.expire_all()
    assert db_session.get(Idea, idea.id).answers["slogan"] == "dari Rina"


def test_a_signed_out_autosave_says_so(scene, client):
    idea = draft(scene)
    answer = client.post(address(scene, idea, "/ubah"), data=flat(version=1), headers=JSON)
    assert answer.status_code == 401
    assert answer.json["error"] == "signed_out"


def test_too_many_words_are_kept_and_said(scene, rina):
    idea = draft(scene)
    long = " ".join(["kata"] * 23)
    rina.post(address(scene, idea, "/ubah"), data=flat(version=idea.version, **{"f-ringkasan": long}))
    page = rina.get(address(scene, idea, "/ubah"))
    assert long in page.text
    assert "Lebih 3 kata. Seluruh teks Anda tetap tersimpan." in page.text
    check = rina.get(address(scene, idea, "/ajukan"))
    assert "Masih ada 1 hal sebelum dapat diajukan" in check.text
    assert f'href="{address(scene, idea, "/ubah")}#f-ringkasan"' in check.text


def test_what_is_too_long_to_keep_is_refused_with_the_text_still_there(scene, rina):
    idea = draft(scene)
    answer = rina.post(
        address(scene, idea, "/ubah"), data=flat(version=idea.version, **{"f-slogan": "x" * 301})
    )
    assert answer.status_code == 422
    assert "x" * 301 in answer.text
    assert "Terlalu panjang" in answer.text


def test_submitting_late_is_refused_and_keeps_the_draft(scene, rina, clock_at, db_session):
    idea = draft(scene)
    clock_at(DEADLINE)
    answer = rina.post(address(scene, idea, "/ajukan"), data={"version": idea.version, "is_original": "y"})
    assert answer.status_code == 422
    assert "Batas waktu pengajuan telah lewat. Isi yang sudah tersimpan tetap ada." in answer.text
    db_session.expire_all()
    assert db_session.get(Idea, idea.id).state is IdeaState.DRAFT
    editor = rina.get(address(scene, idea, "/ubah"))
    assert "tidak dapat diajukan kecuali panitia memberi perpanjangan" in editor.text
    assert "Periksa lalu ajukan" not in editor.text


def test_after_the_deadline_the_editor_of_a_submitted_idea_is_closed_but_keeps_what_was_typed(
    scene, rina, clock_at
):
    idea = submitted(scene)
    clock_at(DEADLINE)
    page = rina.get(address(scene, idea, "/ubah"))
    assert '<fieldset class="iv-bare" disabled>' in page.text
    late = rina.post(address(scene, idea, "/ubah"), data=flat(title="TERLAMBAT", version=idea.version))
    assert late.status_code == 422
    assert "TERLAMBAT" in late.text
    assert idea.title == "PARIT KITA"


def test_submitting_needs_the_statement(scene, rina):
    idea = draft(scene)
    answer = rina.post(address(scene, idea, "/ajukan"), data={"version": idea.version})
    assert answer.status_code == 422
    assert "Centang pernyataan ini" in answer.text


def test_a_double_click_gives_one_receipt(scene, rina, db_session):
    idea = draft(scene)
    data = {"version": idea.version, "is_original": "y"}
    answers = [rina.post(address(scene, idea, "/ajukan"), data=data) for _click in range(2)]
    assert [a.location for a in answers] == [address(scene, idea, "/tanda-terima")] * 2
    assert db_session.query(OutboxMail).filter_by(template="idea_submitted").count() == 2


def test_a_page_checked_before_a_change_is_shown_again(scene, rina, db_session):
    idea = draft(scene)
    seen = idea.version
    rina.post(address(scene, idea, "/ubah"), data=flat(title="BERUBAH", version=seen))
    answer = rina.post(address(scene, idea, "/ajukan"), data={"version": seen, "is_original": "y"})
    assert answer.status_code == 422
    assert "Isi usulan berubah sejak halaman pemeriksaan ini dibuka" in answer.text
    assert "BERUBAH" in answer.text


def upload(client, scene, idea, name="bukti.pdf", content=PDF, key="bukti", **more):
    data = flat(version=idea.version, action=f"upload:{key}", **more)
    data[f"file-{key}"] = (io.BytesIO(content), name)
    return client.post(address(scene, idea, "/ubah"), data=data, content_type="multipart/form-data")


def test_uploading_downloading_removing_and_restoring(scene, rina, db_session):
    idea = draft(scene)
    answer = upload(rina, scene, idea, "Surat – Dukungan.pdf", title="JUDUL BARU")
    assert answer.location == address(scene, idea, "/ubah") + "#f-bukti"
    file = db_session.query(IdeaFile).one()
    assert "Surat – Dukungan.pdf" in rina.get(address(scene, idea, "/ubah")).text
    assert db_session.get(Idea, idea.id).title == "JUDUL BARU"
    got = rina.get(address(scene, idea, f"/berkas/{file.public_id}"))
    assert got.data == PDF
    assert got.headers["Content-Type"] == "application/pdf"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Content-Disposition"].startswith("attachment;")
    assert "filename*=UTF-8''Surat%20%E2%80%93%20Dukungan.pdf" in got.headers["Content-Disposition"]
    rina.post(
        address(scene, idea, "/ubah"), data=flat(version=idea.version, action=f"remove:{file.public_id}")
    )
    history = rina.get(address(scene, idea, "/riwayat"))
    assert "Lampiran yang dikeluarkan" in history.text
    back = rina.post(address(scene, idea, f"/berkas/{file.public_id}/pulihkan"))
    assert back.location == address(scene, idea, "/ubah") + "#f-bukti"
    assert len(get_idea(scene.event.id, idea.public_id).files) == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.exe", b"MZ....", "Jenis berkas itu tidak diterima"),
        ("a.png", PDF, "Isi berkas tidak sesuai"),
        ("surat.pdf", b"MZ\x90\x00", "Isi berkas tidak sesuai"),
        ("a.pdf", b"", "kosong"),
    ],
)
def test_a_refused_file_is_said_and_the_text_is_saved(scene, rina, db_session, name, content, words):
    idea = draft(scene)
    upload(rina, scene, idea, name, content, title="TETAP TERSIMPAN")
    page = rina.get(address(scene, idea, "/ubah"))
    assert words in page.text
    assert "TETAP TERSIMPAN" in page.text
    assert db_session.query(IdeaFile).count() == 0


def test_an_oversized_file_is_refused(scene, rina, app, db_session):
    idea = draft(scene)
    app.config["MAX_UPLOAD_MB"] = 0
    upload(rina, scene, idea, "besar.pdf")
    assert "Berkas itu terlalu besar" in rina.get(address(scene, idea, "/ubah")).text
    app.config["MAX_UPLOAD_MB"] = 20


def test_a_film_can_be_played_in_parts(scene, rina, db_session):
    scene.actor()
    field = next(f for f in list_fields(scene.event.id) if f.key == "bukti")
    field.options = {"accept": ["mp4"]}
    idea = draft(scene)
    film = b"\x00\x00\x00\x18ftypmp42" + bytes(range(200))
    upload(rina, scene, idea, "peragaan.mp4", film)
    file = db_session.query(IdeaFile).one()
    part = rina.get(address(scene, idea, f"/berkas/{file.public_id}"), headers={"Range": "bytes=4-7"})
    assert part.status_code == 206
    assert part.data == b"ftyp"


def test_preview_shows_every_answer_as_a_juror_reads_it(scene, rina):
    idea = draft(
        scene,
        f_biaya="1500000",
        f_mulai="2026-02-01",
        f_tautan="https://contoh.go.id",
        f_ringkasan="**Tebal** <script>alert(1)</script>",
    )
    page = rina.get(address(scene, idea, "/pratinjau")).text
    assert "<strong>Tebal</strong>" in page
    assert "<script>alert" not in page
    assert "1.500.000" in page
    assert "Minggu, 1 Februari 2026" in page
    assert 'href="https://contoh.go.id"' in page
    assert "dari 20 kata" in page


def test_history_shows_word_level_differences(scene, rina):
    idea = draft(scene)
    rina.post(
        address(scene, idea, "/ubah"),
        data=flat(version=idea.version, **{"f-ringkasan": "Warga mengukur air parit setiap sore."}),
    )
    page = rina.get(address(scene, idea, "/riwayat")).text
    assert "<del>pagi.</del><ins>sore.</ins>" in page
    assert "Tidak ada perbedaan" in rina.get(address(scene, idea, "/riwayat?dari=1&ke=1")).text


def test_withdrawing_asks_tells_and_can_be_undone(scene, rina, db_session):
    idea = submitted(scene)
    page = rina.get(address(scene, idea, "/tarik"))
    assert "Seluruh isi, lampiran, dan riwayat tetap tersimpan." in page.text
    rina.post(address(scene, idea, "/tarik"), data={"reason": "Salah kategori"})
    shown = rina.get(address(scene, idea))
    assert "DITARIK" in shown.text
    assert "Batalkan penarikan" in shown.text
    rina.post(address(scene, idea, "/pulihkan"))
    assert "DIAJUKAN" in rina.get(address(scene, idea)).text
    assert "iv-draftbar" not in rina.get(address(scene, idea)).text


def test_consent_is_a_switch(scene, rina, db_session):
    idea = submitted(scene)
    rina.post(address(scene, idea, "/galeri"), data={"shown": "0"})
    assert "Tim tidak tampil di galeri dan suara publik." in rina.get(address(scene, idea)).text


PAGES = ("", "/ubah", "/ajukan", "/pratinjau", "/riwayat", "/tanda-terima", "/tarik")


@pytest.mark.parametrize("who", ["stranger", "other_team", "organizer", "juror", "secretariat"])
@pytest.mark.parametrize("page", PAGES)
def test_only_the_team_opens_its_pages(scene, sign_in_as, who, page):
    idea = submitted(scene)
    user = build.make_user()
    if who == "other_team":
        build.make_team(scene.event, user)
    elif who != "stranger":
        build.give_role(scene.event, user, Role(who))
    assert sign_in_as(user).get(address(scene, idea, page)).status_code == 404


@pytest.mark.parametrize("page", ["/pulihkan", "/galeri", "/berkas/x/pulihkan", "/ubah", "/ajukan", "/tarik"])
def test_only_the_team_acts(scene, sign_in_as, page):
    idea = submitted(scene)
    organizer = build.make_user()
    build.give_role(scene.event, organizer, Role.ORGANIZER)
    assert sign_in_as(organizer).post(address(scene, idea, page)).status_code == 404


def test_files_are_guarded_like_the_idea(scene, rina, sign_in_as, client, db_session):
    idea = draft(scene)
    upload(rina, scene, idea)
    file = db_session.query(IdeaFile).one()
    where = address(scene, idea, f"/berkas/{file.public_id}")
    secretary = build.make_user()
    build.give_role(scene.event, secretary, Role.SECRETARIAT)
    office = sign_in_as(secretary)
    assert office.get(where).status_code == 404
    rina.post(
        address(scene, idea, "/ajukan"),
        data={"version": get_idea(scene.event.id, idea.public_id).version, "is_original": "y"},
    )
    assert office.get(where).data == PDF
    juror = build.make_user()
    build.give_role(scene.event, juror, Role.JUROR)
    assert sign_in_as(juror).get(where).status_code == 404
    assert client.get(where).status_code == 302
    upload(rina, scene, idea, "baru.pdf", PDF + b"baru")
    newer = db_session.query(IdeaFile).order_by(IdeaFile.id.desc()).first()
    assert office.get(address(scene, idea, f"/berkas/{newer.public_id}")).status_code == 404


def test_another_events_address_does_not_open_the_idea(scene, rina):
    idea = draft(scene)
    other = build.make_event()
    assert rina.get(f"/k/{other.slug}/usulan/{idea.public_id}").status_code == 404


def test_beginning_is_refused_after_the_deadline_and_in_an_archive(scene, rina, clock_at, db_session):
    clock_at(DEADLINE)
    answer = rina.post(f"/k/{scene.event.slug}/usulan/baru", data={"team": scene.team.public_id})
    assert answer.location == f"/k/{scene.event.slug}/usulan"
    assert "Batas waktu pengajuan telah lewat." in rina.get(answer.location).text
    assert db_session.query(Idea).count() == 0
    scene.event.state = EventState.ARCHIVED
    assert "sudah diarsipkan" in rina.get(f"/k/{scene.event.slug}/usulan").text


def test_beginning_for_anothers_team_is_not_found(scene, sign_in_as):
    outsider = sign_in_as(build.make_user())
    answer = outsider.post(f"/k/{scene.event.slug}/usulan/baru", data={"team": scene.team.public_id})
    assert answer.status_code == 404


def test_a_person_without_a_team_is_told_what_to_do(scene, sign_in_as):
    page = sign_in_as(build.make_user()).get(f"/k/{scene.event.slug}/usulan")
    assert "Anda belum bergabung dengan tim" in page.text


def test_my_ideas_cost_the_same_with_one_and_three_teams(db_session, sign_in_as):
    scene = make_scene(one_team_per_person=False)
    draft(scene)
    rina = sign_in_as(scene.captain)
    db_session.expunge_all()
    with counted_queries() as one:
        rina.get(f"/k/{scene.event.slug}/usulan")
    for _n in range(2):
        scene.team = build.make_team(scene.event, scene.captain, scene.member)
        draft(scene)
    db_session.commit()
    db_session.expunge_all()
    with counted_queries() as three:
        page = rina.get(f"/k/{scene.event.slug}/usulan")
    assert page.text.count("PARIT KITA") == 3
    assert len(one) == len(three)
