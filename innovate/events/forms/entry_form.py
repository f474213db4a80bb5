"""The form of one field of the entry form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from innovate.core.web.forms import Form, length, required
from innovate.events.domain.fields import FILE_TYPES, WITH_CHOICES, clean_options
from innovate.events.domain.kinds import FieldKind
from innovate.events.domain.meanings import CHOICES, Meaning
from innovate.events.models import FormField
from innovate.events.words import MEANINGS

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
    meaning = SelectField(
        _l("Arti dalam profil inovasi"),
        default="",
        choices=lambda: [
            ("", _("Bukan bagian profil")),
            *((each.value, text) for each, text in MEANINGS.items()),
        ],
        description=_l(
            "Isian yang berarti tampil ringkas di atas usulan dan menjadi kolom dalam unduhan. "
            "Pilihan yang dikosongkan memakai daftar baku."
        ),
    )
    proves = SelectField(
        _l("Bukti untuk isian"),
        choices=(),
        default="",
        description=_l("Untuk jenis berkas: tampil tepat di bawah isian yang dibuktikannya."),
    )
    criterion = SelectField(
        _l("Bukti untuk kriteria"),
        choices=(),
        default="",
        description=_l("Untuk jenis berkas: juri melihatnya di samping kriteria ini."),
    )
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
        meaning = Meaning(self.meaning.data) if self.meaning.data else None
        usual = "\n".join(CHOICES.get(meaning, ())) if meaning and kind in WITH_CHOICES else ""
        is_file = kind is FieldKind.FILE
        options = clean_options(
            kind,
            choices=self.choices.data or usual,
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
            "meaning": meaning,
            "proves": (self.proves.data or "") if is_file else "",
            "criterion": (self.criterion.data or "") if is_file else "",
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
        "meaning": row.meaning.value if row.meaning else "",
        "proves": row.proves,
        "criterion": row.criterion,
    }


def entry_field_form(
    row: FormField | None, others: Sequence[FormField], criteria: Mapping[str, str]
) -> EntryFieldForm:
    """The form of a field, or of a new one. `others`: fields it may prove; `criteria`: names of criteria by key."""
    form = EntryFieldForm(data=entry_field_data(row) if row else None)
    asked = [(each.key, each.label) for each in others if each.kind is not FieldKind.FILE and each is not row]
    form.proves.choices = [("", _("Tidak ada")), *asked]
    known = dict(criteria)
    if row is not None and row.criterion:
        known.setdefault(row.criterion, _("Kriteria yang sudah tidak ada"))
    form.criterion.choices = [("", _("Tidak ada")), *known.items()]
    return form
