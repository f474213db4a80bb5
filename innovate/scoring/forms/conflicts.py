"""Forms of the conflict board."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice

from innovate.core.web.forms import Form, length, must_choose, required


class PairForm(Form):
    """One act about one conflict of a pair, with its reason."""

    act = HiddenField(validators=[required()])  # propose, confirm, end, note, dismiss
    target = HiddenField()  # the tie, the dismissal or the declaration it is about
    reason = TextAreaField(_l("Alasan"), [required(), length(500, 5)])


class ClashForm(Form):
    """What becomes of the ballot given before the conflict."""

    outcome = RadioField(
        _l("Nilai yang sudah diberikan"),
        [must_choose()],
        choices=[
            SelectChoice("kept", _l("Tetap dihitung")),
            SelectChoice("excluded", _l("Dikeluarkan dari perhitungan")),
        ],
    )
    reason = TextAreaField(_l("Alasan"), [required(), length(500, 5)])
