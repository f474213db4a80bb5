"""Forms of pairwise judging."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, SelectChoice, SelectField, SelectMultipleField, StringField
from wtforms.widgets import CheckboxInput, ListWidget

from innovate.core.web.forms import Form, length, must_choose, required, trim
from innovate.pairwise.domain.plan import Plan
from innovate.pairwise.models import ContestKind, Verdict

KINDS = {
    ContestKind.HALL: _l("Aula pameran: juri berjalan dari stan ke stan"),
    ContestKind.RUNOFF: _l("Banding ulang: di antara karya yang nilainya tidak dapat dibedakan"),
}
VERDICTS = {
    Verdict.FOLLOW: _l("Urutan banding ulang diusulkan ke sidang pleno"),
    Verdict.KEEP: _l("Peringkat tetap bersama"),
}


class ContestForm(Form):
    """What a contest is; kind and round are chosen once."""

    name = StringField(_l("Nama"), [required(), length(120, 3)])
    kind = RadioField(_l("Jenis"), choices=[SelectChoice(k.value, v) for k, v in KINDS.items()])
    round = SelectField(
        _l("Babak rubrik di sampingnya"),
        coerce=int,
        description=_l("Hasil banding tersegel sampai papan babak ini diumumkan."),
    )
    cut = IntegerField(
        _l("Berapa karya yang dicari"),
        [must_choose()],
        description=_l("Juri paling sering membandingkan karya di sekitar batas ini."),
    )
    entries = SelectMultipleField(
        _l("Karya"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    jurors = SelectMultipleField(
        _l("Juri"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    reason = StringField(
        _l("Alasan"),
        [length(500)],
        description=_l("Wajib bila mengeluarkan karya atau juri yang sudah dibandingkan."),
    )

    def plan(self, stands: Mapping[str, str], unseen: Mapping[str, str] | None = None) -> Plan:
        """What was typed; entries the person may not see (`unseen`, with their stands) stay as they are."""
        return Plan(
            name=self.name.data or "",
            cut=self.cut.data if self.cut.data is not None else 0,
            entries={key: stands.get(key, "") for key in self.entries.data or ()} | dict(unseen or {}),
            jurors=frozenset(self.jurors.data or ()),
            reason=self.reason.data or "",
        )


def read_stands(sent: Mapping[str, str], keys: Sequence[str]) -> dict[str, str]:
    """The stand typed beside each entry."""
    return {key: str(trim(sent.get(f"stan-{key}", ""))) for key in keys}


class VerdictForm(Form):
    """The chair's decision on a run-off."""

    verdict = RadioField(
        _l("Putusan"), [must_choose()], choices=[SelectChoice(k.value, v) for k, v in VERDICTS.items()]
    )
    reason = StringField(_l("Alasan"), [required(), length(500, 5)])


def verdict_of(form: Any) -> Verdict:
    """The chosen verdict."""
    return Verdict(form.verdict.data)
