"""Forms of visits. Points of the checklist are read by `read_answers`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _l
from wtforms import (
    FileField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from innovate.core.numbers import read_number
from innovate.core.web.forms import Form, InstantField, length, must_choose, required
from innovate.visits.domain.records import Findings, Plan
from innovate.visits.domain.states import Verdict, VisitEffect

_WHOLE = _l("Isi tanggal dan jam dengan lengkap.")
MOST_NOTE = 1000


class PlanForm(Form):
    """When, where, who goes, and what the team should have at hand."""

    starts_at = InstantField(_l("Mulai"), validators=[InputRequired(_WHOLE)])
    ends_at = InstantField(_l("Sampai"), validators=[InputRequired(_WHOLE)])
    place = StringField(_l("Tempat"), [required(), length(300)])
    lead = SelectField(_l("Ketua tim verifikasi"), [must_choose()], validate_choice=False)
    visitors = SelectMultipleField(
        _l("Anggota tim verifikasi"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
        description=_l("Juri yang mempunyai benturan kepentingan dengan karya ini tidak ada dalam daftar."),
    )
    message = TextAreaField(
        _l("Pesan kepada tim"),
        [length(2000)],
        description=_l("Misalnya dokumen asli yang perlu disiapkan dan siapa yang akan diwawancarai."),
    )

    def read(self) -> Plan | None:
        """What was typed; None where an instant is missing."""
        if self.starts_at.data is None or self.ends_at.data is None:
            return None
        others = [key for key in self.visitors.data or [] if key != self.lead.data]
        return Plan(
            self.starts_at.data,
            self.ends_at.data,
            self.place.data or "",
            [key for key in (self.lead.data, *others) if key],
            self.message.data or "",
        )


class FindingsForm(Form):
    """What a visitor writes on the spot."""

    version = HiddenField()
    findings = TextAreaField(
        _l("Temuan"),
        [length(10_000)],
        description=_l("Apa yang dilihat dan didengar, dari siapa, dan kapan."),
    )
    conclusion = TextAreaField(_l("Simpulan"), [length(4000)])
    effect = RadioField(
        _l("Akibat bagi penilaian"),
        [must_choose()],
        choices=[
            SelectChoice(VisitEffect.NONE.value, _l("Tidak ada")),
            SelectChoice(VisitEffect.NOTE.value, _l("Catatan bagi dewan juri")),
            SelectChoice(
                VisitEffect.DISQUALIFY.value, _l("Diusulkan didiskualifikasi; panitia yang memutuskan")
            ),
        ],
        default=VisitEffect.NONE.value,
    )
    jury_note = TextAreaField(
        _l("Catatan yang dibaca dewan juri"),
        [length(2000)],
        description=_l(
            "Dibaca juri tanpa benturan kepentingan, tidak pernah umum. Jangan menyebut nama orang."
        ),
    )

    def read(self, answers: Mapping[str, tuple[Verdict | None, str]]) -> Findings:
        """What was typed, with the checklist."""
        return Findings(
            version=read_number(self.version.data or "") or 0,
            answers=answers,
            findings=self.findings.data or "",
            conclusion=self.conclusion.data or "",
            effect=VisitEffect(self.effect.data),
            jury_note=self.jury_note.data or "",
        )


class AmendForm(FindingsForm):
    """The same for a finished visit, with the reason."""

    reason = TextAreaField(
        _l("Alasan perbaikan"),
        [required(), length(1000, 10)],
        description=_l("Catatan yang lama tetap tersimpan."),
    )


class PhotoForm(Form):
    """One photo."""

    photo = FileField(_l("Foto (JPG, PNG, atau WebP)"))
    caption = StringField(_l("Keterangan foto"), [length(200)])


class ShareForm(Form):
    """What the team reads."""

    shared = TextAreaField(
        _l("Yang dibaca tim"),
        [length(4000)],
        description=_l("Kosongkan untuk menarik kembali. Temuan, simpulan, dan foto tidak dibagikan."),
    )


class CancelForm(Form):
    """Calling a visit off."""

    reason = TextAreaField(
        _l("Alasan pembatalan"), [required(), length(1000, 10)], description=_l("Tim membaca alasan ini.")
    )


class ItemForm(Form):
    """One point of the checklist."""

    label = StringField(_l("Butir yang diperiksa"), [required(), length(200)])
    text = StringField(_l("Petunjuk"), [length(300)])


def verdict_name(key: str) -> str:
    """The name of a point's radio buttons."""
    return f"butir-{key}"


def note_name(key: str) -> str:
    """The name of a point's note."""
    return f"catatan-{key}"


def read_answers(sent: Mapping[str, str], keys: Sequence[str]) -> dict[str, tuple[Verdict | None, str]]:
    """What was chosen and noted for each point."""
    found: dict[str, tuple[Verdict | None, str]] = {}
    for key in keys:
        chosen = sent.get(verdict_name(key), "")
        verdict = Verdict(chosen) if chosen in set(Verdict) else None
        note = sent.get(note_name(key), "").replace("\x00", "").replace("\r\n", "\n").strip()[:MOST_NOTE]
        found[key] = (verdict, note)
    return found
