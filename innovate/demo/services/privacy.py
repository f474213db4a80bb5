"""Data protection in the demo: signed impact records, an officer with requests, consents, and one small incident."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from innovate.accounts.services.people import set_data_officer
from innovate.demo.services.stage import ORGANIZER, Stage, World
from innovate.privacy.domain.cases import CaseKind
from innovate.privacy.domain.impact import digest
from innovate.privacy.domain.purposes import Purpose
from innovate.privacy.services.breaches import save_breach
from innovate.privacy.services.cases import fulfil_case, open_case
from innovate.privacy.services.consents import answer_purpose, publish_notice
from innovate.privacy.services.impact import save_impact, sign_impact
from innovate.privacy.services.prefill import draft_impact

OFFICER = "maria-klarentina"
_OPINION = (
    "Pemrosesan sepadan dengan tujuannya: yang diminta hanya yang diperlukan untuk menilai dan menghubungi peserta. "
    "Risiko yang tersisa rendah sampai sedang dan tindakannya memadai."
)
_NOTICE = (
    "Petugas pelindungan data: Maria Klarentina, S.Sos., Bagian Organisasi Sekretariat Daerah Kota Pontianak. "
    "Permintaan diajukan di halaman Data saya."
)


def sign_record(stage: Stage, at: datetime) -> None:
    """The event's impact record, written from its settings and signed by its organizer."""
    actor = stage.organizer
    draft = draft_impact(actor.event)
    whole = replace(draft, texts={**draft.texts, "opinion": _OPINION})
    row = save_impact(actor, whole, version=1, at=at)
    sign_impact(actor, version=1, sha256=digest(row.content), at=at + timedelta(minutes=30))


def add_rights(world: World, *, at: datetime) -> None:
    """What waits for the officer now, and what was settled before."""
    people = world.people
    officer, admin = people[OFFICER], people["bayu-pamungkas"]
    set_data_officer(admin, officer, on=True, at=at - timedelta(days=30))
    publish_notice(officer, body=_NOTICE, at=at - timedelta(days=29))
    askers = [people[key] for key in ("tri-utami", "agustina-sri", "halimatussakdiah")]
    first = open_case(
        askers[0],
        CaseKind.CORRECT,
        text="Gelar saya pada sertifikat tahun lalu tertulis S.Kom., seharusnya S.Sos.",
        at=at - timedelta(days=9),
    )
    answer = "Gelar pada profil sudah dibetulkan dan sertifikat diterbitkan ulang dengan nomor baru."
    fulfil_case(officer, first.public_id, answer=answer, at=at - timedelta(days=8))
    text = "Mohon penjelasan siapa saja yang dapat membaca lampiran usulan tim kami."
    open_case(askers[1], CaseKind.ACCESS, text=text, at=at - timedelta(hours=50))
    open_case(askers[2], CaseKind.RESTRICT, text="", at=at - timedelta(hours=6))
    for number, asker in enumerate((*askers, people[ORGANIZER])):
        for purpose in list(Purpose)[: number + 1]:
            answer_purpose(asker, purpose, given=True, at=at - timedelta(days=7))
    answer_purpose(askers[1], Purpose.PHOTOS, given=False, at=at - timedelta(days=2))
    save_breach(
        officer,
        None,
        {
            "title": "Daftar hadir bimbingan teknis terkirim ke alamat yang salah",
            "noticed_at": at - timedelta(hours=30),
            "what": "Lembar daftar hadir dikirim ke alamat surel di luar panitia karena salah ketik.",
            "data": "Nama, unit, dan nomor telepon.",
            "people": 14,
            "cause": "Alamat diketik tangan, tidak dipilih dari daftar.",
            "measures": "Penerima diminta menghapus dan sudah membenarkannya.",
            "authority_told_at": None,
            "people_told_at": at - timedelta(hours=20),
        },
        at=at - timedelta(hours=19),
    )
