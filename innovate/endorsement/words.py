"""What stages and acts are called."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from innovate.endorsement.domain.chain import Act, Standing

# The words, and the kind of badge.
STANDINGS = {
    Standing.WRITING: (_l("Masih ditulis tim"), "draft"),
    Standing.WAITING: (_l("Menunggu pengesahan unit"), "due"),
    Standing.RETURNED: (_l("Perlu perbaikan"), "fix"),
    Standing.CHANGED: (_l("Berubah sejak diajukan ke unit"), "fix"),
    Standing.ENDORSED: (_l("Disahkan unit, belum diajukan"), "open"),
    Standing.SUBMITTED: (_l("Diajukan ke sekretariat"), "submitted"),
    Standing.WITHDRAWN: (_l("Ditarik"), "failed"),
}
ACTS = {
    Act.ASK: _l("Tim mengajukan ke unit"),
    Act.TAKE_BACK: _l("Tim menarik kembali dari unit"),
    Act.RETURN: _l("Dikembalikan untuk diperbaiki"),
    Act.ENDORSE: _l("Disahkan dengan surat kepala unit"),
    Act.UNDO: _l("Keputusan unit dibatalkan"),
    Act.SUBMIT: _l("Diajukan ke sekretariat"),
    Act.COMMENT: _l("Komentar"),
}
