"""Account, devices, mails, consents, requests, and who saw what."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select

from innovate.accounts.models import KeptForm, Unit, User, UserSession
from innovate.accounts.services.personal_data import Row, Source, add_source
from innovate.audit.models import AuditDetail, AuditEntry
from innovate.core.db import db
from innovate.notifications.models import OutboxMail
from innovate.privacy.models import Consent, DataExport, PrivacyCase
from innovate.privacy.queries.accesses import list_seen
from innovate.privacy.queries.sources.rows import plain, source
from innovate.tasks.models import Task


def connect() -> None:
    """Register them."""
    for each in SOURCES:
        add_source(each)


def _list_trail(user_id: int) -> Iterator[Row]:
    """Entries by or about the person; values only of those about them, as others' are not theirs to take."""
    about = AuditDetail.subject_id == user_id
    itself = (AuditEntry.object_type == "user") & (AuditEntry.object_id == str(user_id))
    query = select(AuditEntry, AuditDetail).outerjoin(AuditDetail, AuditDetail.entry_id == AuditEntry.id)
    query = query.where(or_(AuditEntry.actor_id == user_id, about, itself)).order_by(AuditEntry.id)
    for entry, detail in db.session.execute(query.execution_options(yield_per=500)):
        mine = detail is not None and detail.subject_id == user_id
        yield {
            "nomor": entry.id,
            "waktu": plain(entry.at),
            "tindakan": entry.action,
            "oleh_anda": entry.actor_id == user_id,
            "jenis": entry.object_type,
            "nilai": detail.values if mine else None,
        }


def _list_seen(user_id: int) -> list[Row]:
    return [
        {"waktu": plain(row.at), "oleh": row.role, "yang_dilihat": row.what} for row in list_seen(user_id)
    ]


SOURCES = (
    source(
        "profil",
        _l("Profil"),
        User.id,
        {
            "nama": User.name,
            "gelar_depan": User.title_before,
            "gelar_belakang": User.title_after,
            "surel": User.email,
            "surel_dikonfirmasi": User.email_verified_at,
            "status": User.employment,
            "unit": Unit.name,
            "lembaga": User.organization,
            "jabatan": User.position,
            "telepon": User.phone,
            "nip": User.nip,
            "keahlian": User.skills,
            "peran_situs": User.site_role,
            "bahasa": User.locale,
            "tema": User.theme,
            "terdaftar": User.created_at,
            "pemrosesan_dibatasi": User.restricted_at,
        },
        (Unit, Unit.id == User.unit_id),
    ),
    source(
        "sesi",
        _l("Perangkat dan sesi"),
        UserSession.user_id,
        {
            "mulai": UserSession.created_at,
            "berakhir": UserSession.expires_at,
            "dicabut": UserSession.revoked_at,
            "alamat": UserSession.address,
            "perangkat": UserSession.device,
        },
    ),
    source(
        "isian_tersimpan",
        _l("Isian yang belum terkirim"),
        KeptForm.user_id,
        {"halaman": KeptForm.path, "isi": KeptForm.fields, "waktu": KeptForm.at},
    ),
    source(
        "persetujuan",
        _l("Riwayat persetujuan"),
        Consent.user_id,
        {
            "tujuan": Consent.purpose,
            "setuju": Consent.given,
            "teks": Consent.text,
            "versi_pemberitahuan": Consent.notice,
            "waktu": Consent.at,
        },
    ),
    source(
        "permintaan",
        _l("Permintaan tentang data pribadi"),
        PrivacyCase.user_id,
        {
            "jenis": PrivacyCase.kind,
            "isi": PrivacyCase.text,
            "keadaan": PrivacyCase.state,
            "diajukan": PrivacyCase.opened_at,
            "batas": PrivacyCase.due_at,
            "jawaban": PrivacyCase.answer,
            "dijawab": PrivacyCase.decided_at,
        },
    ),
    source(
        "salinan",
        _l("Salinan data yang pernah dibuat"),
        DataExport.user_id,
        {"dibuat": DataExport.made_at, "berlaku_sampai": DataExport.expires_at, "ukuran": DataExport.size},
    ),
    source(
        "surel",
        _l("Surel yang dikirim kepada Anda"),
        OutboxMail.user_id,
        {
            "waktu": OutboxMail.created_at,
            "alamat": OutboxMail.address,
            "keadaan": OutboxMail.state,
            "terkirim": OutboxMail.sent_at,
            "judul": OutboxMail.subject,
            "isi": OutboxMail.body,
        },
        where=(OutboxMail.confidential.is_(False),),
    ),
    source(
        "pekerjaan",
        _l("Pekerjaan latar yang Anda minta"),
        Task.actor_id,
        {"jenis": Task.kind, "keadaan": Task.state, "diminta": Task.created_at, "selesai": Task.ended_at},
    ),
    Source("jejak", _l("Jejak audit oleh dan tentang Anda"), _list_trail, ("audit_details.subject_id",)),
    Source("dilihat", _l("Siapa yang melihat data Anda"), _list_seen, ("data_accesses.subject_id",)),
)
