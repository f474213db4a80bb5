"""Forms about templates."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import FileField, HiddenField, SelectField, StringField, TextAreaField

from innovate.core.web.forms import Form, length, required


class TemplateForm(Form):
    """What a template is called and what it is good for."""

    name = StringField(_l("Nama templat"), [required(), length(160)])
    description = TextAreaField(
        _l("Keterangan"), [length(2000)], description=_l("Untuk lomba seperti apa templat ini cocok.")
    )


class SaveTemplateForm(TemplateForm):
    """An event saved as a template: a new one, or the next version of one."""

    into = SelectField(_l("Simpan sebagai"), validate_choice=False)


class TemplateFileForm(Form):
    """A file, or the text of one."""

    file = FileField(_l("Berkas YAML"), description=_l("Paling besar 256 kB."))
    text = TextAreaField(
        _l("Atau isi berkasnya"), description=_l("Dapat diperbaiki di sini, lalu diperiksa lagi.")
    )
    source = HiddenField()
