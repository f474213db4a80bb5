"""What kinds, audiences and standings are called on pages."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from innovate.documents.domain.kinds import Audience, PaperKind, Standing

KINDS = {
    PaperKind.MINUTES: _l("Berita acara penilaian"),
    PaperKind.DECREE: _l("Keputusan dewan juri"),
    PaperKind.ANNOUNCEMENT: _l("Pengumuman pemenang"),
    PaperKind.CERTIFICATE: _l("Piagam atau sertifikat"),
}
AUDIENCES = {
    Audience.WINNERS: _l("Pemenang"),
    Audience.FINALISTS: _l("Finalis"),
    Audience.PARTICIPANTS: _l("Peserta"),
    Audience.JURORS: _l("Dewan juri"),
    Audience.ORGANIZERS: _l("Panitia"),
}
STANDINGS = {
    Standing.VALID: _l("Berlaku"),
    Standing.SUPERSEDED: _l("Digantikan"),
    Standing.REVOKED: _l("Dicabut"),
}
