"""Words for what rules and tables answer in codes."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from innovate.partners.domain.datasets import DataFault
from innovate.partners.domain.kinds import MixKind, OfferKind, OrganisationKind, Stage, StatementKind
from innovate.partners.domain.mix import Counted, MixRule

KINDS: dict[OrganisationKind, Any] = {
    OrganisationKind.UNIVERSITY: _l("Universitas"),
    OrganisationKind.COMPANY: _l("Perusahaan"),
    OrganisationKind.COMMUNITY: _l("Komunitas"),
    OrganisationKind.MEDIA: _l("Media"),
    OrganisationKind.INSTITUTION: _l("Lembaga"),
}
OFFERS: dict[OfferKind, Any] = {
    OfferKind.INTERNSHIP: _l("Magang"),
    OfferKind.RESEARCH: _l("Kolaborasi riset"),
    OfferKind.PILOT: _l("Uji coba bersama"),
    OfferKind.CREDITS: _l("Kredit komputasi awan"),
    OfferKind.OTHER: _l("Dukungan lain"),
}
STAGES: dict[Stage, Any] = {
    Stage.PENDING: _l("Menunggu jawaban"),
    Stage.ACCEPTED: _l("Diterima"),
    Stage.DECLINED: _l("Belum dapat diterima"),
    Stage.WITHDRAWN: _l("Ditarik"),
}
BADGES = {Stage.PENDING: "due", Stage.ACCEPTED: "passed", Stage.DECLINED: "fix", Stage.WITHDRAWN: "draft"}
STATEMENTS: dict[StatementKind, Any] = {
    StatementKind.PROPERTY: _l("Kekayaan intelektual"),
    StatementKind.DATA_USE: _l("Penggunaan data"),
}
DATA_FAULTS: dict[DataFault, Any] = {
    DataFault.EMPTY: _l("Berkas itu kosong."),
    DataFault.LARGE: _l("Berkas itu terlalu besar."),
    DataFault.KIND: _l("Jenis berkas ini tidak diterima. Pakai CSV, JSON, GeoJSON, XLSX, ODS, atau PDF."),
    DataFault.OTHER: _l("Isi berkas tidak sesuai dengan jenisnya. Simpan ulang lalu unggah lagi."),
    DataFault.MACROS: _l("Berkas itu memuat makro. Simpan tanpa makro lalu unggah lagi."),
    DataFault.UNFOLDS: _l("Berkas itu menjadi sangat besar saat dibuka. Kirim bagian yang diperlukan saja."),
}
MIX: dict[MixKind, Any] = {
    MixKind.ASN: _l("ASN"),
    MixKind.STUDENT: _l("mahasiswa"),
    MixKind.ACADEMIC: _l("akademisi"),
    MixKind.COMPANY: _l("orang dari dunia usaha"),
    MixKind.COMMUNITY: _l("orang dari komunitas"),
    MixKind.PARTNER: _l("anggota organisasi mitra"),
}


def say_rule(rule: MixRule) -> str:
    """What a team must be, as one sentence."""
    who = str(MIX[rule.kind])
    if rule.at_most is None:
        return ngettext(
            "Setiap tim wajib memuat paling sedikit %(num)s %(who)s.",
            "Setiap tim wajib memuat paling sedikit %(num)s %(who)s.",
            rule.at_least,
            who=who,
        )
    if not rule.at_least:
        return ngettext(
            "Setiap tim memuat paling banyak %(num)s %(who)s.",
            "Setiap tim memuat paling banyak %(num)s %(who)s.",
            rule.at_most,
            who=who,
        )
    return ngettext(
        "Setiap tim wajib memuat %(least)s sampai %(num)s %(who)s.",
        "Setiap tim wajib memuat %(least)s sampai %(num)s %(who)s.",
        rule.at_most,
        least=rule.at_least,
        who=who,
    )


def say_count(counted: Counted) -> str:
    """How the team stands to it."""
    if counted.missing:
        return ngettext("Kurang %(num)s lagi.", "Kurang %(num)s lagi.", counted.missing)
    if counted.surplus:
        return ngettext("Lebih %(num)s orang.", "Lebih %(num)s orang.", counted.surplus)
    return ngettext("Terpenuhi: %(num)s orang.", "Terpenuhi: %(num)s orang.", counted.has)
