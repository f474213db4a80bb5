"""Texts of papers: versions, refusals with their place, and that nothing written is ever a command."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import undefer

from innovate.core import storage
from innovate.core.db import db, transaction
from innovate.core.errors import NotAllowed, Refused
from innovate.core.typesetting import typeset
from innovate.documents.domain.kinds import Audience, PaperKind
from innovate.documents.domain.texts import FORMS, ONE_LINE, Text
from innovate.documents.models import Document
from innovate.documents.queries.texts import list_versions, read_wording, wording_of
from innovate.documents.services import certificates, ending, issuing, setting
from innovate.documents.services.printing import template_of
from innovate.documents.services.samples import write_sample
from innovate.documents.services.texts import reset_text, save_text
from innovate.events.domain.kinds import Role
from innovate.events.queries import get_actor
from tests.factories.boards import LADDER, climb
from tests.factories.build import NOW, give_role, make_user
from tests.factories.printed import read_pdf

SITE = "https://inovasi.example"
HOSTILE = (
    '#panic("x") $x^2$ @acuan \\ *tebal* _miring_ [kurung] "kutip" // /* `kode` <l> 漢字 😀 عربي '
    + "PANJANG" * 20
)
SIGNERS = [
    {"prefix": "a.n.", "position": "Wali Kota Pontianak", "own": "Sekretaris Daerah", "name": "Nama Satu"},
    {"prefix": "Plt.", "position": "Kepala Bagian Organisasi", "nip": "200012312024211001"},
]


def actor_of(user):
    return get_actor("lomba", user)


def save(user, text=Text.ANNOUNCEMENT, signers=(), based_on=0, **parts):
    written = {**read_wording(actor_of(user).event.id, text).parts, **parts}
    return save_text(actor_of(user), text, written, signers, based_on=based_on, at=NOW)


def printed(event, wording):
    data = write_sample(event, wording, at=NOW)
    words = {**data["words"], "fingerprint": "x"}
    kind = wording.form.kind
    return typeset(template_of(wording.text, kind), {**data, "words": words, "qr": ""}, at=NOW)


@pytest.mark.parametrize("text", Text)
def test_every_text_is_set_with_words_that_look_like_commands(played, text: Text) -> None:
    form = FORMS[text]
    parts = {part: HOSTILE if part in ONE_LINE else f"{HOSTILE}\n{HOSTILE}" for part in form.parts}
    content = printed(played.event, wording_of(text, 1, {**parts, "signers": SIGNERS}))
    assert b"/StructTreeRoot" in content
    assert b"pdfuaid:part" in content
    said = read_pdf(content).replace("\u200b", "")
    for word in ("$x^2$", "@acuan", "*tebal*", "_miring_", "[kurung]", "□□"):
        assert word.casefold() in said.casefold()
    if form.has_signers:
        assert "a.n. Wali Kota Pontianak" in said
        assert "Plt. Kepala Bagian Organisasi" in said


def test_a_title_whose_placeholders_have_no_value_is_the_houses(played) -> None:
    save(played.organizer, Text.CERTIFICATE, title="{{ karya }}")  # who organizes has handed nothing in
    staff, event = played.organizer, played.event
    certificates.issue_missing(event, Audience.ORGANIZERS, site=SITE, actor_id=staff.id, at=NOW)
    setting.set_papers(event.id, lambda *_told: None, transaction, at=NOW)
    db.session.expire_all()
    paper = db.session.query(Document).one()
    assert "SERTIFIKAT" in read_pdf(storage.read(paper.storage_key)).upper()


def test_a_text_is_kept_in_versions_and_papers_keep_theirs(played) -> None:
    climb(played.event, played.organizer)
    user = played.organizer
    assert (
        save(
            user, Text.RECAP, closing="Demikian, {{ nama_kegiatan }}.", pattern="{nomor}/REK-KHUSUS/{tahun}"
        ).version
        == 1
    )
    row = issuing.issue_paper(actor_of(user), PaperKind.RECAP, 1, site=SITE, at=NOW)
    assert row.number == "001/REK-KHUSUS/2026"
    assert save(user, Text.RECAP, closing="Lain sama sekali.", based_on=1).version == 2
    setting.set_papers(row.event_id, lambda *_: None, transaction, at=NOW)
    db.session.expire_all()
    row = db.session.query(Document).options(undefer(Document.data)).one()
    assert row.data["text"] == {"name": "recap", "version": 1}
    said = read_pdf(storage.read(row.storage_key))
    assert "Demikian, Lomba Kota." in said
    assert "Lain sama sekali" not in said
    new = ending.replace_paper(actor_of(user), row.public_id, reason="Penutup keliru.", site=SITE, at=NOW)
    assert new.data["closing"] == ["Lain sama sekali."]
    assert [each.version for each in list_versions(played.event.id, Text.RECAP)] == [2, 1]


def test_the_words_of_the_house_come_back_as_a_version_of_their_own(played) -> None:
    assert reset_text(actor_of(played.organizer), Text.DECREE, at=NOW) is None
    save(played.organizer, Text.DECREE, title="Keputusan Lain")
    assert reset_text(actor_of(played.organizer), Text.DECREE, at=NOW).version == 2
    wording = read_wording(played.event.id, Text.DECREE)
    assert wording.is_house
    assert wording.parts["title"] == FORMS[Text.DECREE].house["title"]


def test_saving_what_stands_there_is_no_version(played) -> None:
    assert save(played.organizer) is None
    assert list_versions(played.event.id, Text.ANNOUNCEMENT) == []


def test_who_wrote_on_an_older_version_is_told_and_nothing_changes(played) -> None:
    save(played.organizer, title="Pengumuman Satu")
    with pytest.raises(Refused, match="diubah orang lain"):
        save(played.organizer, title="Pengumuman Dua", based_on=0)
    assert read_wording(played.event.id, Text.ANNOUNCEMENT).parts["title"] == "Pengumuman Satu"


@pytest.mark.parametrize(
    ("part", "typed", "said"),
    [
        (
            "opening",
            "Satu.\nDua {{ nama_kegitan }}.",
            r"Baris 2, kata 2.*Maksud Anda \{\{ nama_kegiatan \}\}",
        ),
        ("closing", "Sampai { batas_sanggah }", r"Baris 1, kata 2.*tidak lengkap.*\{\{ batas_sanggah \}\}"),
        ("opening", "{{ acara }}", "tidak dikenal"),
        ("copies", "{{ nama_kegiatan }}", "tidak dikenal"),
        ("title", "  ", "wajib diisi"),
        ("title", "x" * 241, "240 karakter"),
        ("opening", "baris\n" * 41, "40 baris"),
        ("opening", "satu\ndua 漢字", "Baris 2.*漢字"),
        ("pattern", "{nomor}", "tahun"),
    ],
)
def test_a_text_that_cannot_be_printed_is_refused_in_its_place(played, part, typed, said) -> None:
    with pytest.raises(Refused, match=said) as refused:
        save(played.organizer, **{part: typed})
    assert refused.value.field == part
    assert list_versions(played.event.id, Text.ANNOUNCEMENT) == []


@pytest.mark.parametrize(
    ("signer", "field"),
    [
        ({"name": "Tanpa jabatan"}, "signer1_position"),
        ({"position": "Kepala", "nip": "12"}, "signer1_nip"),
        ({"position": "Kepala", "prefix": "Yth."}, "signer1_position"),
        ({"position": "K" * 201}, "signer1_position"),
        ({"position": "Kepala", "name": "王 Wei"}, "signer1_name"),
    ],
)
def test_a_signer_that_cannot_be_is_refused(played, signer, field) -> None:
    with pytest.raises(Refused) as refused:
        save(played.organizer, signers=[signer])
    assert refused.value.field == field


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.AUDITOR, Role.CHAIR])
def test_only_organizers_write(played, role) -> None:
    user = make_user()
    give_role(played.event, user, role)
    with pytest.raises(NotAllowed):
        save(user, title="X")
    with pytest.raises(NotAllowed):
        reset_text(actor_of(user), Text.ANNOUNCEMENT, at=NOW)


def test_named_signers_take_the_place_of_the_chair(played) -> None:
    climb(played.event, played.organizer, *LADDER)
    recap = issuing.issue_paper(actor_of(played.organizer), PaperKind.RECAP, 1, site=SITE, at=NOW)
    assert [each["position"] for each in recap.data["signers"]] == ["Ketua Dewan Juri"]
    save(played.organizer, Text.RECAP, signers=SIGNERS)
    new = ending.replace_paper(
        actor_of(played.organizer), recap.public_id, reason="Penanda tangan.", site=SITE, at=NOW
    )
    assert [each["behalf"] for each in new.data["signers"]] == ["a.n. Wali Kota Pontianak", ""]
    assert new.data["signers"][1]["nip"] == "NI PPPK 20001231 2024 21 1 001"
