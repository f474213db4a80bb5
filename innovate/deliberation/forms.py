"""Forms of deliberation and progress."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from innovate.core.web.forms import Form, length, required


class OpenForm(Form):
    """Opening a session; a reason while ballots are missing."""

    reason = StringField(_l("Alasan membuka sebelum lengkap"), [length(500)])


class NoteForm(Form):
    """A short text to an entry."""

    text = TextAreaField(_l("Catatan sidang"), [required(), length(1000)])


class ReplaceForm(Form):
    """Who takes over; nobody means the draw."""

    others = SelectMultipleField(
        _l("Juri pengganti"),
        choices=[],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        description=_l("Kosongkan untuk membagi lewat undian."),
    )
    reason = StringField(_l("Alasan"), [required(), length(500, 5)])
