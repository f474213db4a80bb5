"""Forms of blind rounds."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField

from innovate.core.web.forms import Form, length


class BlindForm(Form):
    """Who learns whose entries are judged."""

    is_blind = BooleanField(_l("Penilaian tersamar: juri tidak melihat nama tim, anggota, dan unit"))
    chair_sees = BooleanField(_l("Ketua dewan juri melihat identitas pengusul"))
    reason = StringField(_l("Alasan"), [length(500)])


class LeakForm(Form):
    """A word to the team, or why the names may stay."""

    note = StringField(_l("Catatan"), [length(500)])
