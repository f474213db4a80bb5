"""Forms of the pact of integrity."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired
from wtforms.widgets import HiddenInput

from innovate.core.web.forms import Form, length, required


class PactForm(Form):
    """The signature: one tick under the text that was shown."""

    version = IntegerField(widget=HiddenInput())
    agree = BooleanField(
        _l("Saya telah membaca pakta ini dan menandatanganinya"),
        [DataRequired(_l("Centang pernyataan ini untuk menandatangani."))],
    )


class PactTextForm(Form):
    """The words of the pact."""

    body = TextAreaField(_l("Naskah (Bahasa Indonesia)"), [required(), length(20000, 40)])
    body_en = TextAreaField(
        _l("Naskah (Bahasa Inggris)"),
        [length(20000)],
        description=_l(
            "Terjemahan untuk juri yang memakai bahasa Inggris. Naskah bahasa Indonesia yang mengikat."
        ),
    )
    reason = StringField(_l("Alasan perubahan"), [required(), length(300, 5)])
