"""Forms of the lists that define a competition."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, StringField, TextAreaField, URLField
from wtforms.validators import URL, Optional, ValidationError

from innovate.core.web.forms import Form, between, length, required


class GroupForm(Form):
    """A group that is ranked by itself."""

    code = StringField(_l("Kode"), [required(), length(20)], description=_l("Pendek, misalnya A atau B."))
    name = StringField(_l("Nama"), [required(), length(120)])
    description = TextAreaField(_l("Keterangan"), [length(1000)])


class TrackForm(Form):
    """A category of entries."""

    name = StringField(_l("Nama"), [required(), length(120)])
    description = TextAreaField(_l("Keterangan"), [length(1000)])


class ChecklistForm(Form):
    """One point of the administrative check."""

    label = StringField(_l("Yang diperiksa"), [required(), length(200)])
    help = TextAreaField(_l("Cara memeriksa"), [length(1000)])


class PrizeForm(Form):
    """One award."""

    name = StringField(_l("Nama penghargaan"), [required(), length(120)])
    rank = IntegerField(
        _l("Untuk peringkat"),
        [Optional(), between(1, 100)],
        description=_l("Kosongkan bila diberikan dengan cara lain, misalnya Juara Favorit."),
    )
    description = TextAreaField(_l("Isi penghargaan"), [length(1000)])


class QuestionForm(Form):
    """A frequent question."""

    question = StringField(_l("Pertanyaan"), [required(), length(240)])
    answer = TextAreaField(_l("Jawaban"), [required(), length(4000)])


class ResourceForm(Form):
    """A document or site."""

    title = StringField(_l("Judul"), [required(), length(160)])
    url = URLField(
        _l("Tautan"),
        [
            required(),
            length(500),
            URL(require_tld=False, message=_l("Isi tautan lengkap yang dimulai dengan https://.")),
        ],
    )
    description = TextAreaField(_l("Keterangan"), [length(1000)])

    def validate_url(self, field: Any) -> None:
        """Only addresses a browser opens as a page."""
        if not field.data.lower().startswith(("https://", "http://")):
            raise ValidationError(_l("Isi tautan lengkap yang dimulai dengan https://."))
