"""Forms of calibration."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField

from innovate.core.web.forms import Form, length, required


class PracticeForm(Form):
    """The practice entry as jurors will read it."""

    title = StringField(_l("Judul karya latihan"), [required(), length(160)])
    body = TextAreaField(
        _l("Isi karya"),
        [required(), length(60_000)],
        description=_l("Misalnya usulan dari penyelenggaraan lalu tanpa nama tim. Format Markdown."),
    )
