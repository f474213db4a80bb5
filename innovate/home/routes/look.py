"""The style guide of components, for those who build pages; not there in production."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import (
    BooleanField,
    FileField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.widgets import CheckboxInput, ListWidget

from innovate.core import clock
from innovate.core.errors import NotFound, require
from innovate.core.paging import Page
from innovate.core.web.access import public
from innovate.core.web.forms import Form, InstantField, email, length, must_choose, required
from innovate.home.routes.pages import blueprint


def _choices(*labels: str) -> list[SelectChoice]:
    return [SelectChoice(label, label or "Pilih") for label in labels]


class Sample(Form):
    """One field of each kind."""

    name = StringField("Nama inovasi", [required(), length(80)])
    mail = StringField("Surel", [required(), email()])
    group = SelectField("Kelompok", [must_choose()], choices=_choices("", "A", "B"))
    at = InstantField("Batas waktu", [required()])
    kind = RadioField("Jenis", [must_choose()], choices=_choices("Digital", "Bukan digital"))
    many = SelectMultipleField(
        "Mitra",
        choices=_choices("Kampus", "Swasta", "Warga"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    about = TextAreaField("Ringkasan", [required()])
    long = TextAreaField("Keberlanjutan")
    doc = FileField("Surat dukungan")
    ok = BooleanField("Saya menyatakan karya ini asli")


@blueprint.route("/dev/look", methods=["GET", "POST"])
@public
def look() -> ResponseReturnValue:
    """Every component once; sending the form shows how a refusal looks."""
    require(current_app.config["ENV_NAME"] != "production", NotFound())
    form = Sample()
    form.validate_on_submit()
    page = render_template(
        "dev/look.html",
        form=form,
        page=Page([], 2, 50, 430),
        deadline=clock.now() + timedelta(days=4, hours=14, minutes=29),
        sort=request.args.get("sort", "nama"),
    )
    return page, form.status
