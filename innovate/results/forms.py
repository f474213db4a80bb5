"""Forms of the results rooms."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.validators import AnyOf
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from innovate.core.web.forms import Form, between, length, must_choose, required
from innovate.events.domain.seal import BoardState
from innovate.results.domain.advance import CutRule
from innovate.results.domain.bundle.inputs import Publication

_STATES = [state.value for state in BoardState]


class MoveForm(Form):
    """One step of a board; `expected` is the state the page showed."""

    expected = HiddenField(validators=[AnyOf(_STATES)])
    after = HiddenField(validators=[AnyOf(_STATES)])
    reason = TextAreaField(_l("Alasan"), [length(2000)])


class AdvanceForm(Form):
    """Who advances: how many of each group, what decides at the cut, and who is let in by hand."""

    per_group = IntegerField(_l("Yang maju dari setiap kelompok"), [must_choose(), between(1, 500)])
    rule = SelectField(
        _l("Bila nilai sama di batas"),
        choices=[
            SelectChoice(CutRule.CRITERIA.value, _l("Kriteria berbobot tertinggi, lalu berikutnya")),
            SelectChoice(CutRule.ALL.value, _l("Semua yang sama ikut maju")),
            SelectChoice(CutRule.NONE.value, _l("Semua yang sama tidak maju")),
            SelectChoice(CutRule.HAND.value, _l("Dipilih panitia")),
        ],
        default=CutRule.CRITERIA.value,
    )


class AdvanceNowForm(AdvanceForm):
    """The same, to be carried out."""

    seen = IntegerField(widget=HiddenInput(), validators=[must_choose()])
    chosen = SelectMultipleField(
        _l("Yang maju di antara yang nilainya sama"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    reason = TextAreaField(
        _l("Alasan"),
        [required(), length(500, 5)],
        description=_l("Misalnya nomor berita acara sidang pleno."),
    )


class PublicationForm(Form):
    """What everybody may download to recompute the result."""

    publication = RadioField(
        _l("Yang dapat diunduh siapa pun setelah diumumkan"),
        choices=[
            SelectChoice("", _l("Menurut jumlah juri: ringkasan bila kurang dari sepuluh")),
            SelectChoice(Publication.SUMMARY.value, _l("Ringkasan, tanpa penilaian satu per satu")),
            SelectChoice(Publication.FULL.value, _l("Lengkap, setiap penilaian dengan nama samaran juri")),
        ],
    )


class OptionsForm(Form):
    """What will be published and what a rank needs."""

    shows_scores = BooleanField(_l("Umumkan nilai akhir di samping peringkat"))
    minimum_ballots = IntegerField(_l("Jumlah penilaian minimum agar diperingkat"), [between(1, 50)])
