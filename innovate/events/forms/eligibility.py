"""The form of one rule of eligibility: only what its kind asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from innovate.core.web.forms import Form, between, given
from innovate.events.domain.eligibility import BEGINNINGS, DEFAULTS, RuleKind
from innovate.events.models import FormField
from innovate.events.words import MEANINGS


class RuleForm(Form):
    """All that any kind of rule asks; `rule_form` leaves what its kind has."""

    since = RadioField(
        _l("Dihitung sejak"), choices=lambda: [(each.value, MEANINGS[each]) for each in BEGINNINGS]
    )
    months = IntegerField(_l("Bulan"), [given(), between(1, 240)])
    years = IntegerField(
        _l("Berapa tahun ke belakang"),
        [given(), between(1, 20)],
        description=_l("Dari tahun pengajuan ditutup."),
    )
    ranks = IntegerField(
        _l("Sampai peringkat"),
        [given(), between(1, 10)],
        description=_l("1: hanya Juara I di kelompoknya. 3: Juara I sampai III."),
    )
    any_title = BooleanField(_l("Berlaku bagi inovasi apa pun, bukan hanya yang judulnya serupa"))
    family = BooleanField(_l("Juga kemenangan unit induk dan unit di bawahnya"))
    fields = SelectMultipleField(
        _l("Isian berkas yang wajib terisi"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    least_words = IntegerField(_l("Kata"), [given(), between(1, 500)])
    blocks = RadioField(
        _l("Bila tidak terpenuhi"),
        choices=lambda: [
            ("", _l("Hanya diberitahukan kepada tim dan sekretariat")),
            ("1", _l("Menghalangi pengajuan")),
        ],
    )

    @property
    def parameters(self) -> dict[str, Any]:
        """What the rule asks; call after validation."""
        return {name: self._fields[name].data for name in DEFAULTS[self.kind]}

    kind: RuleKind


def rule_form(
    kind: RuleKind, parameters: Mapping[str, Any], *, blocks: bool, files: Sequence[FormField]
) -> RuleForm:
    """The form of this kind, filled in."""
    shown = {f"{name}": value for name, value in parameters.items()}
    form = RuleForm(data={**shown, "blocks": "1" if blocks else ""})
    form.kind = kind
    for name in ("since", "months", "years", "ranks", "any_title", "family", "fields", "least_words"):
        if name not in DEFAULTS[kind]:
            del form[name]
    if "fields" in form:
        form["fields"].choices = [(field.key, field.label) for field in files]
    return form
