"""Forms of the public vote."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.widgets import CheckboxInput, ListWidget

from innovate.core.web.forms import Form, InstantField, between, email, given, length, must_choose, required
from innovate.events.models import Event
from innovate.voting.domain.plan import Plan
from innovate.voting.domain.stages import Pool
from innovate.voting.models import Poll
from innovate.voting.words import POOLS

MOST = 20


class PollForm(Form):
    """The rules of a vote."""

    name = StringField(_l("Nama"), [required(), length(120, 3)])
    group = SelectField(_l("Kelompok"), default="")
    track = SelectField(_l("Kategori"), default="")
    pool = RadioField(
        _l("Karya yang ikut"),
        [must_choose()],
        choices=[SelectChoice(key.value, label) for key, label in POOLS.items()],
        default=Pool.ALL.value,
    )
    entries = SelectMultipleField(
        _l("Karya"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    opens_at = InstantField(_l("Dibuka"), [given()])
    closes_at = InstantField(_l("Ditutup"), [given()])
    cap = IntegerField(
        _l("Paling banyak dipilih seorang"),
        [given(), between(1, MOST)],
        default=1,
        description=_l("Satu orang memberi satu suara; sebanyak ini karya boleh ia pilih di dalamnya."),
    )
    winners = IntegerField(_l("Jumlah Juara Favorit"), [given(), between(1, MOST)], default=1)
    excludes_winners = BooleanField(_l("Penerima Juara dan Harapan tidak ikut dihitung"), default=True)
    excludes_specials = BooleanField(_l("Penerima penghargaan khusus juga tidak ikut dihitung"))

    def prepare(self, event: Event, entries: Sequence[Any]) -> None:
        """Give it what there is to choose from, in the event's zone and words."""
        self.group.choices = [("", _("Semua")), *((row.code, row.name) for row in event.groups)]
        self.track.choices = [("", _("Semua")), *((row.code, row.name) for row in event.tracks)]
        self.entries.choices = [(row.public_id, f"{row.number or 0:03d} {row.title}") for row in entries]

    def plan(self) -> Plan:
        """What was typed."""
        return Plan(
            name=self.name.data or "",
            opens_at=cast(datetime, self.opens_at.data),
            closes_at=cast(datetime, self.closes_at.data),
            group_code=self.group.data or "",
            track_code=self.track.data or "",
            pool=Pool(self.pool.data),
            cap=self.cap.data or 1,
            winners=self.winners.data or 1,
            excludes_winners=self.excludes_winners.data,
            excludes_specials=self.excludes_specials.data,
            entries=frozenset(self.entries.data or ()),
        )


def poll_form(event: Event, poll: Poll | None, entries: Sequence[Any], chosen: Sequence[str]) -> PollForm:
    """The form for a new vote, or one filled with what the vote is."""
    values: dict[str, Any] = {"name": "Juara Favorit"}
    if poll:
        names = ("name", "opens_at", "closes_at", "cap", "winners", "excludes_winners", "excludes_specials")
        values = {name: getattr(poll, name) for name in names}
        values |= {"group": poll.group_code, "track": poll.track_code, "pool": poll.pool.value}
        values["entries"] = list(chosen)
    form = PollForm(zone=event.zone, **values)
    form.prepare(event, entries)
    return form


class MailForm(Form):
    """Where the confirmation goes."""

    email = StringField(
        _l("Surel Anda"),
        [required(), length(254), email()],
        description=_l("Satu alamat satu suara. Alamat ini hanya dipakai untuk mengirim tautan konfirmasi."),
    )


class PressForm(Form):
    """A press of a button that needs its token."""


class ReasonForm(Form):
    """One reason in words."""

    reason = StringField(_l("Alasan"), [required(), length(500, 10)])


class ExtendForm(ReasonForm):
    """A later closing."""

    until = InstantField(_l("Ditutup"), [given()])


class CountForm(Form):
    """Who wins among those that are level, and why. Both stay empty where nobody is."""

    chosen = SelectMultipleField(
        _l("Juara Favorit di antara yang sama suaranya"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    reason = TextAreaField(_l("Alasan"), [length(500)])
