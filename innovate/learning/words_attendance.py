"""How attendance was recorded, in words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from innovate.learning.domain.kinds import Method

METHODS = {
    Method.QR: _l("Kode di ruangan"),
    Method.LIST: _l("Penyelenggara"),
    Method.SPEAKER: _l("Narasumber"),
}
