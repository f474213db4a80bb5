"""Forms of the results rooms."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, TextAreaField
from wtforms.validators import AnyOf

from innovate.core.web.forms import Form, between, length
from innovate.events.domain.seal import BoardState

_STATES = [state.value for state in BoardState]


class MoveForm(Form):
    """One step of a board; `expected` is the state the page showed."""

    expected = HiddenField(validators=[AnyOf(_STATES)])
    after = HiddenField(validators=[AnyOf(_STATES)])
    reason = TextAreaField(_l("Alasan"), [length(2000)])


class OptionsForm(Form):
    """What will be published and what a rank needs."""

    shows_scores = BooleanField(_l("Umumkan nilai akhir di samping peringkat"))
    minimum_ballots = IntegerField(_l("Jumlah penilaian minimum agar diperingkat"), [between(1, 50)])
