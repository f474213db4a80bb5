"""Forms of the lists that define a competition, and of the fields of its entry form."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    URLField,
)
from wtforms.validators import URL, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from innovate.core.web.forms import Form, between, length, required
from innovate.events.domain.fields import FILE_TYPES, clean_options
from innovate.events.domain.kinds import FieldKind

KINDS = {
    FieldKind.SHORT: _l("Teks pendek"),
    FieldKind.LONG: _l("Teks panjang dengan batas kata"),
    FieldKind.CHOICE: _l("Pilih satu"),
    FieldKind.SEVERAL: _l("Pilih beberapa"),
    FieldKind.NUMBER: _l("Angka"),
    FieldKind.DATE: _l("Tanggal"),
    FieldKind.LINK: _l("Tautan"),
    FieldKind.VIDEO: _l("Video (tautan)"),
    FieldKind.FILE: _l("Berkas"),
}


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


class EntryFieldForm(Form):
    """One field of the entry form; what its kind does not use is ignored."""

    label = StringField(_l("Judul isian"), [required(), length(160)])
    section = StringField(
        _l("Bagian"),
        [length(80)],
        description=_l("Isian dengan bagian yang sama tampil di bawah satu judul."),
    )
    kind = SelectField(_l("Jenis"), choices=[SelectChoice(kind.value, text) for kind, text in KINDS.items()])
    help = TextAreaField(
        _l("Petunjuk"), [length(2000)], description=_l("Apa yang harus ditulis, dan apa yang dinilai juri.")
    )
    required = BooleanField(_l("Wajib diisi"))
    word_limit = IntegerField(_l("Batas kata"), [Optional()], description=_l("Untuk teks panjang."))
    word_least = IntegerField(
        _l("Paling sedikit kata"),
        [Optional()],
        description=_l("Kosongkan bila tulisan pendek pun boleh."),
    )
    choices = TextAreaField(
        _l("Pilihan"), [length(4000)], description=_l("Untuk jenis pilihan: satu baris satu pilihan.")
    )
    max_files = IntegerField(_l("Paling banyak berkas"), [Optional()], description=_l("Untuk jenis berkas."))
    accept = SelectMultipleField(
        _l("Jenis berkas yang diterima"),
        choices=[SelectChoice(ending, ending.upper()) for ending in FILE_TYPES],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        description=_l("Untuk jenis berkas."),
    )

    @property
    def values(self) -> dict[str, Any]:
        """Column values; call after validation."""
        kind = FieldKind(self.kind.data)
        options = clean_options(
            kind,
            choices=self.choices.data or "",
            max_files=self.max_files.data,
            accept=self.accept.data or [],
            word_least=self.word_least.data,
        )
        return {
            "label": self.label.data,
            "section": self.section.data or "",
            "kind": kind,
            "help": self.help.data or "",
            "required": self.required.data,
            "word_limit": self.word_limit.data if kind is FieldKind.LONG else None,
            "options": options,
        }


def entry_field_data(row: Any) -> dict[str, Any]:
    """What the form shows of a saved field."""
    options = row.options or {}
    return {
        "label": row.label,
        "section": row.section,
        "kind": row.kind.value,
        "help": row.help,
        "required": row.required,
        "word_limit": row.word_limit,
        "word_least": options.get("word_least"),
        "choices": "\n".join(options.get("choices", [])),
        "max_files": options.get("max_files"),
        "accept": options.get("accept", []),
    }
