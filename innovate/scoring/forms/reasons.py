"""Small forms that ask why."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from innovate.core.web.forms import Form, length, must_choose, required


class ReasonForm(Form):
    """One reason in words."""

    reason = StringField(_l("Alasan"), [required(), length(500, 5)])


class RecuseForm(Form):
    """Stepping back from an entry."""

    source = RadioField(
        _l("Mengapa Anda tidak menilai karya ini?"),
        [must_choose()],
        choices=[
            SelectChoice(
                "declared",
                _l("Saya mempunyai benturan kepentingan: hubungan keluarga, kerja, bimbingan, atau usaha"),
            ),
            SelectChoice("abstained", _l("Alasan lain, misalnya di luar pengetahuan saya")),
        ],
    )
    reason = TextAreaField(_l("Penjelasan singkat"), [required(), length(500, 5)])
