"""The profile of an innovation on its pages and in its workbook, and evidence beside what it proves."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest

from innovate.core.db import db
from innovate.events.domain.kinds import EventState, FieldKind, Role
from innovate.events.domain.meanings import CHOICES, Meaning
from innovate.events.models import FormField
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import IdeaFile, IdeaRevision
from innovate.scoring.models.rounds import Criterion
from tests.factories import build
from tests.factories.build import NOW
from tests.support.pages import fill, press
from tests.support.queries import counted_queries

FORM = "/k/lomba/kelola/formulir"


@pytest.fixture
def event(app):
    made = build.make_event(slug="lomba", shift_days=-17)
    build.make_field(made, "ringkasan", label="Ringkasan")
    build.make_field(made, "kebaruan", label="Kebaruan", position=1)
    return made


@pytest.fixture
def staff(event, sign_in_as):
    user = build.make_user()
    build.give_role(event, user, Role.ORGANIZER)
    return sign_in_as(user)


def plain(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def field_of(event, key):
    return db.session.query(FormField).filter_by(event_id=event.id, key=key).one()


def attach(idea, key, name="bukti.pdf"):
    revision = db.session.get_one(IdeaRevision, idea.submitted_revision_id)
    file = build.add(
        IdeaFile(
            idea_id=idea.id,
            field_key=key,
            filename=name,
            media_type="image/png",
            size=10,
            sha256="0" * 64,
            storage_key="x",
            uploaded_by_id=revision.author_id,
            uploaded_at=NOW,
        )
    )
    revision.files = [*revision.files, file.id]
    db.session.flush()
    return file


# -- the form builder ---------------------------------------------------------------------------------------------


def test_a_meaning_brings_its_choices_and_belongs_to_one_field(event, staff):
    taken = fill(staff, f"{FORM}/baru", having="label", label="Jenis", kind="choice", meaning="nature")
    assert taken.location == FORM
    field = field_of(event, "jenis")
    assert (field.meaning, tuple(field.options["choices"])) == (Meaning.NATURE, CHOICES[Meaning.NATURE])
    assert "Profil: Jenis" in plain(staff.get(FORM))
    again = fill(staff, f"{FORM}/baru", having="label", label="Macam", kind="choice", meaning="nature")
    assert again.status_code == 422
    assert "Arti ini sudah dipakai isian “Jenis”." in again.text
    wrong = fill(staff, f"{FORM}/baru", having="label", label="Mulai", kind="short", meaning="use_start")
    assert wrong.status_code == 422
    assert "Jenis isian ini tidak cocok dengan arti itu." in wrong.text


def test_a_field_that_comes_back_leaves_its_meaning_to_the_one_that_took_it(event, staff):
    old = build.make_field(event, "asal", kind=FieldKind.SHORT, word_limit=None, meaning=Meaning.ORIGIN)
    old.removed_at = NOW
    fill(staff, f"{FORM}/baru", having="label", label="Dari mana", kind="short", meaning="origin")
    press(staff, FORM, f"{FORM}/{old.public_id}/kembalikan")
    db.session.refresh(old)
    assert (old.removed_at, old.meaning) == (None, None)


def test_slots_for_evidence_come_from_the_rubric_once(event, staff):
    assert "kriteria rubrik belum memiliki tempat" not in staff.get(FORM).text
    build.make_round(event)
    assert "5 kriteria rubrik belum memiliki tempat untuk buktinya." in plain(staff.get(FORM))
    press(staff, FORM, f"{FORM}/slot-bukti")
    slots = db.session.query(FormField).filter(FormField.criterion != "").order_by(FormField.position).all()
    assert [slot.label for slot in slots][:2] == ["Bukti dukung: Kebaruan", "Bukti dukung: Efektivitas"]
    assert len(slots) == 5
    assert {slot.kind for slot in slots} == {FieldKind.FILE}
    assert [slot.proves for slot in slots][:2] == ["kebaruan", ""]
    page = plain(staff.get(FORM))
    assert "Buat slot bukti dari rubrik" not in page
    assert "Bukti untuk kriteria Kebaruan · di bawah isian Kebaruan" in page
    press(staff, FORM, f"{FORM}/slot-bukti")
    assert db.session.query(FormField).filter(FormField.criterion != "").count() == 5


def test_a_slot_can_be_pointed_elsewhere_and_keeps_a_criterion_that_is_gone(event, staff):
    build.make_round(event)
    press(staff, FORM, f"{FORM}/slot-bukti")
    slot = db.session.query(FormField).filter_by(criterion="manfaat").one()
    page = f"{FORM}/{slot.public_id}"
    fill(staff, page, having="label", proves="ringkasan")
    assert (slot.proves, slot.criterion) == ("ringkasan", "manfaat")
    db.session.query(Criterion).filter_by(key="manfaat").delete()
    assert "Kriteria yang sudah tidak ada" in staff.get(page).text
    fill(staff, page, having="label", label="Bukti manfaat")
    assert (slot.label, slot.criterion) == ("Bukti manfaat", "manfaat")


# -- reading ------------------------------------------------------------------------------------------------------


@pytest.fixture
def idea(event):
    kinds = {
        Meaning.EXPANSION: FieldKind.SHORT,
        Meaning.USE_START: FieldKind.DATE,
        Meaning.SDG: FieldKind.SEVERAL,
    }
    for position, (meaning, kind) in enumerate(kinds.items(), 5):
        options = {"choices": list(CHOICES.get(meaning, ()))}
        build.make_field(
            event,
            f"p_{meaning.value}",
            label=f"Label {meaning.value}",
            kind=kind,
            word_limit=None,
            position=position,
            options=options,
            meaning=meaning,
        )
    return build.make_idea(
        build.make_team(event),
        state=IdeaState.ELIGIBLE,
        title="PECI HAJI",
        answers={
            "ringkasan": "Warga mengukur air parit.",
            "p_expansion": "Perekaman Cetak KIA Sehari Jadi",
            "p_use_start": "2026-03-03",
            "p_sdg": ["6. Air bersih dan sanitasi layak", "15. Ekosistem daratan"],
        },
    )


@pytest.fixture
def seat(event, idea):
    round_ = build.make_round(event)
    juror = build.make_user(name="Hendra Tanuwijaya")
    build.give_role(event, juror, Role.JUROR)
    return build.make_assignment(round_, idea, juror)


def test_jurors_and_the_secretariat_read_the_profile_above_the_text(event, idea, seat, staff, sign_in_as):
    juror = db.session.get(build.User, seat.user_id)
    for page in (
        sign_in_as(juror).get(f"/k/lomba/juri/karya/{seat.public_id}"),
        staff.get(f"/k/lomba/kelola/seleksi/{idea.public_id}"),
    ):
        text = plain(page)
        assert page.text.index("Perekaman Cetak KIA Sehari Jadi") < page.text.index("Label use_start")
        assert "Label use_start 3 Mar 2026" in text
        assert "6. Air bersih dan sanitasi layak; 15. Ekosistem daratan" in text
        assert text.count("Label use_start") == 1
        assert "Label expansion" not in text


def test_the_workbook_has_a_column_for_each_part_of_the_profile(event, idea, staff, sign_in_as):
    answer = staff.get("/k/lomba/kelola/seleksi/daftar.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    heads, row = list(sheet.iter_rows(min_row=3, values_only=True))
    said = dict(zip(heads, row, strict=True))
    assert said["Judul"] == "PECI HAJI"
    assert said["Label expansion"] == "Perekaman Cetak KIA Sehari Jadi"
    assert said["Label use_start"] == "2026-03-03"
    assert said["Label sdg"] == "6. Air bersih dan sanitasi layak; 15. Ekosistem daratan"
    assert "daftar.xlsx" in staff.get("/k/lomba/kelola/seleksi?state=semua").text
    assert sign_in_as(build.make_user()).get("/k/lomba/kelola/seleksi/daftar.xlsx").status_code == 404


# -- evidence -----------------------------------------------------------------------------------------------------


def slot(event, criterion="kebaruan", proves="kebaruan", **values):
    key = f"bukti_{criterion}"
    options = {"max_files": 3, "accept": ["pdf", "png"]}
    defaults = {"kind": FieldKind.FILE, "label": f"Bukti {criterion}", "word_limit": None, "position": 9}
    return build.make_field(
        event, key, **{**defaults, "options": options, "criterion": criterion, "proves": proves, **values}
    )


def test_jurors_find_the_evidence_beside_its_criterion_and_its_claim(event, idea, seat, sign_in_as):
    slot(event)
    slot(event, "manfaat", "")
    juror = db.session.get(build.User, seat.user_id)
    page = f"/k/lomba/juri/karya/{seat.public_id}"
    client = sign_in_as(juror)
    client.get(page)
    with counted_queries() as few:
        assert "iv-evidence" not in client.get(page).text
    attach(idea, "bukti_kebaruan", "foto.png")
    attach(idea, "bukti_kebaruan", "foto2.png")
    attach(idea, "bukti_manfaat")
    with counted_queries() as many:
        text = client.get(page).text
    assert len(few) == len(many)
    card = text[text.index('class="iv-crits"') :]
    assert card.count('href="#baca-bukti_kebaruan"') == 1
    assert "Bukti kebaruan (2 berkas)" in plain_text(card)
    assert card.index("Kebaruan") < card.index("#baca-bukti_kebaruan") < card.index("#baca-bukti_manfaat")
    reading = text[: text.index('class="iv-crits"')]
    assert reading.index('id="baca-kebaruan"') < reading.index('id="baca-bukti_kebaruan"')
    assert "foto.png" in reading


def plain_text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def test_blind_rounds_name_no_file_of_the_evidence(event, idea, seat, sign_in_as):
    slot(event)
    attach(idea, "bukti_kebaruan", "Dinas Rahasia.png")
    round_ = db.session.query(build.Round).filter_by(event_id=event.id).one()
    round_.is_blind = True
    db.session.flush()
    juror = db.session.get(build.User, seat.user_id)
    text = sign_in_as(juror).get(f"/k/lomba/juri/karya/{seat.public_id}").text
    assert "#baca-bukti_kebaruan" in text
    assert "Dinas Rahasia" not in text


def test_evidence_stays_readable_when_its_criterion_or_its_slot_is_gone(event, idea, seat, staff, sign_in_as):
    made = slot(event)
    attach(idea, "bukti_kebaruan", "foto.png")
    db.session.query(Criterion).filter_by(key="kebaruan").update({"name": "Pembaruan"})
    juror = db.session.get(build.User, seat.user_id)
    page = f"/k/lomba/juri/karya/{seat.public_id}"
    assert "#baca-bukti_kebaruan" in sign_in_as(juror).get(page).text
    made.removed_at = NOW
    db.session.flush()
    assert "foto.png" in sign_in_as(juror).get(page).text
    assert "foto.png" in staff.get(f"/k/lomba/kelola/seleksi/{idea.public_id}").text
    db.session.query(Criterion).filter_by(key="kebaruan").delete()
    assert "foto.png" in sign_in_as(juror).get(page).text


def test_the_editor_asks_for_the_proof_right_below_its_question(sign_in_as, app):
    event = build.make_event(slug="tulis", state=EventState.PUBLISHED)
    for position, key in enumerate(("ringkasan", "kebaruan", "biaya")):
        build.make_field(event, key, position=position, section="Proposal")
    slot(event, section="Bukti dukung", required=False)
    slot(event, "manfaat", "", section="Bukti dukung", required=False)
    team = build.make_team(event)
    idea = build.make_idea(team)
    client = sign_in_as(db.session.get(build.User, team.captain_id))
    page = client.get(f"/k/tulis/usulan/{idea.public_id}/ubah").text
    order = [page.index(f'id="f-{key}"') for key in ("kebaruan", "bukti_kebaruan", "biaya", "bukti_manfaat")]
    assert order == sorted(order)
    assert page.count('<h2 class="iv-part">Bukti dukung</h2>') == 1
