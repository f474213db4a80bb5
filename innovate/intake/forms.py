"""Forms of an import."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, StringField

from innovate.core.web.forms import Form, length, required


class UploadForm(Form):
    """One file or several."""

    files = MultipleFileField(_l("Berkas CSV atau XLSX"))


class SaveForm(Form):
    """What is said on the preview."""

    skips = BooleanField(_l("Lewati penilaian yang sudah ada; yang lain disimpan"))
    reason = StringField(_l("Mengapa diimpor setelah penilaian ditutup?"), [length(500)])


class UndoForm(Form):
    """Why an import is taken back."""

    reason = StringField(_l("Alasan"), [required(), length(500, 5)])
