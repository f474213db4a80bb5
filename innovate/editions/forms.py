"""Forms of the archive."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from innovate.core.web.forms import Form, between, length, required


class SheetForm(Form):
    """A spreadsheet."""

    file = FileField(
        _l("Berkas CSV atau XLSX"),
        [FileRequired(_l("Pilih berkasnya dahulu."))],
        description=_l("Satu baris satu karya; baris pertama berisi judul kolom."),
    )


class ReasonForm(Form):
    """Why something is taken away."""

    reason = TextAreaField(_l("Alasan"), [required(), length(500)])


class EntryForm(Form):
    """What a past entry says."""

    title = StringField(_l("Judul inovasi"), [required(), length(200)])
    expansion = StringField(_l("Kepanjangan judul"), [length(300)])
    unit = SelectField(_l("Unit kerja"), coerce=int)
    group_name = StringField(_l("Kelompok"), [length(120)])
    track_name = StringField(_l("Kategori"), [length(120)])
    people = StringField(_l("Tim atau inovator"), [length(500)], description=_l("Tidak tampil untuk umum."))
    rank = IntegerField(_l("Peringkat"), [Optional(), between(1, 9999)])
    award = StringField(
        _l("Penghargaan"), [length(120)], description=_l("Misalnya Juara I. Kosongkan bila tidak menang.")
    )
    summary = TextAreaField(_l("Ringkasan"), [length(20_000)])
    reason = TextAreaField(_l("Alasan perubahan"), [required(), length(500)])
