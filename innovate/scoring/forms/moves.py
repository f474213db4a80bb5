"""Forms of the allocation board."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField

from innovate.core.web.forms import Form, length, must_choose


class MoveForm(Form):
    """Where a juror goes, and why if they have begun."""

    to = SelectField(_l("Karya tujuan"), [must_choose()])
    reason = StringField(_l("Alasan"), [length(500)])
