"""Forms of ideas: the proposal, built from the event's fields; submission; screening; extensions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    Field,
    FileField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, DateInput, ListWidget, URLInput

from innovate.core.numbers import read_number
from innovate.core.web.forms import Form, InstantField, length, must_choose, required
from innovate.events.domain.kinds import FieldKind
from innovate.events.models import ChecklistItem, Event, FormField
from innovate.events.services.names import known
from innovate.ideas.domain.answers import Fault, FaultKind, choices_of, find_fault
from innovate.ideas.domain.completeness import Gap, Need, anchor_of
from innovate.ideas.domain.lifecycle import Decision
from innovate.ideas.domain.merging import Posted

# -- the proposal -------------------------------------------------------------------------------------------------


class ProposalForm(Form):
    """Title, group and track; `build_proposal_form` adds the event's own fields.

    Nothing is required here: a draft may hold anything. What is missing is said, and asked for when handing in.
    """

    title = StringField(_l("Judul"))
    group = SelectField(_l("Kelompok"), validate_choice=False)
    track = SelectField(_l("Kategori"), validate_choice=False)


def build_proposal_form(
    event: Event, fields: Sequence[FormField], values: dict[str, Any], **more: Any
) -> Any:
    """The form with one field per question of the event, holding `values` (parts by name)."""
    own = {anchor_of(f): _wtf_field(f) for f in fields if f.kind is not FieldKind.FILE}
    form = type("EventProposalForm", (ProposalForm,), own)(data=values, **more)
    for name, rows, label in (
        ("group", event.groups, known(event.group_label)),
        ("track", event.tracks, known(event.track_label)),
    ):
        if not rows:
            del form[name]
            continue
        form[name].label.text = label
        form[name].choices = [("", _("Pilih")), *((row.code, row.name) for row in rows)]
        form[name].flags.required = True
    form.title.flags.required = True
    for field in fields:
        if field.required and anchor_of(field) in form:
            form[anchor_of(field)].flags.required = True
    return form


def _wtf_field(field: FormField) -> Any:
    if field.kind is FieldKind.CHOICE:
        choices = [("", _("Pilih")), *((choice, choice) for choice in choices_of(field))]
        return SelectField(field.label, choices=lambda: choices, validate_choice=False)
    if field.kind is FieldKind.SEVERAL:
        return SelectMultipleField(
            field.label,
            choices=lambda: [(choice, choice) for choice in choices_of(field)],
            validate_choice=False,
            widget=ListWidget(prefix_label=False),
            option_widget=CheckboxInput(),
        )
    if field.kind is FieldKind.LONG:
        return TextAreaField(field.label)
    widgets = {FieldKind.DATE: DateInput(), FieldKind.LINK: URLInput(), FieldKind.VIDEO: URLInput()}
    widget = widgets.get(field.kind)
    return StringField(field.label, widget=widget) if widget else StringField(field.label)


def read_posted(sent: MultiDict[str, str], fields: Sequence[FormField]) -> Posted:
    """What the proposal form sent. A part for which a colleague's text was chosen is left out."""
    names = ["title", "group", "track", *(anchor_of(f) for f in fields)]
    parts = {n: sent.getlist(n) for n in names if n in sent and sent.get(f"choose-{n}") != "theirs"}
    base = sent.get("version", "")
    touched = sent.get("touched")
    return Posted(
        parts=parts,
        base=read_number(base) or 0,
        touched=None if touched is None else frozenset(touched.split(",")),
    )


def show_faults(form: Any, fields: Sequence[FormField], answers: dict[str, Any]) -> None:
    """Say beside each field what is wrong with the answer it holds."""
    for field in fields:
        name = anchor_of(field)
        if name in form and (fault := find_fault(field, answers.get(field.key))):
            target: Field = form[name]
            target.errors = [*target.errors, describe_fault(fault)]


# -- words --------------------------------------------------------------------------------------------------------

_FAULTS: dict[FaultKind, Any] = {
    FaultKind.NUMBER: _l("Tulis sebagai angka, misalnya 1.500.000 atau 12,5."),
    FaultKind.DATE: _l("Tulis sebagai tanggal yang benar."),
    FaultKind.LINK: _l("Tulis alamat web lengkap yang diawali https://"),
    FaultKind.CHOICE: _l("Pilihan ini tidak lagi tersedia. Pilih yang lain."),
}


def describe_fault(fault: Fault) -> str:
    """What is wrong with an answer, what was kept, and what to do."""
    if fault.kind is FaultKind.WORDS:
        over = ngettext("Lebih %(num)s kata.", "Lebih %(num)s kata.", fault.by)
        kept = _(
            "Seluruh teks Anda tetap tersimpan. Ringkas sebelum mengajukan; bagian lain boleh diteruskan dulu."
        )
        return f"{over} {kept}"
    if fault.kind is FaultKind.FEW:
        few = ngettext("Masih kurang %(num)s kata.", "Masih kurang %(num)s kata.", fault.by)
        return f"{few} {_('Tulisan Anda tersimpan; lengkapi sebelum mengajukan.')}"
    if fault.kind is FaultKind.LENGTH:
        over = ngettext("Lebih %(num)s karakter.", "Lebih %(num)s karakter.", fault.by)
        return f"{over} {_('Ringkas dulu.')}"
    return str(_FAULTS[fault.kind])


def describe_gap(gap: Gap, event: Event) -> str:
    """One thing that is missing, in words."""
    simple = {
        Need.TITLE: _l("Judul belum diisi."),
        Need.GROUP: _l("%(label)s belum dipilih.", label=known(event.group_label)),
        Need.TRACK: _l("%(label)s belum dipilih.", label=known(event.track_label)),
        Need.ANSWER: _l("%(label)s belum diisi.", label=gap.label),
        Need.FILE: _l("%(label)s: belum ada berkas.", label=gap.label),
    }
    if gap.need in simple:
        return str(simple[gap.need])
    if gap.need is Need.MEND and gap.fault:
        return f"{gap.label}: {describe_fault(gap.fault)}"
    return _describe_count(gap)


def _describe_count(gap: Gap) -> str:
    n = gap.amount
    if gap.need is Need.TEAM_SMALL:
        text = ngettext("Tim masih kurang %(num)s anggota.", "Tim masih kurang %(num)s anggota.", n)
    elif gap.need is Need.TEAM_LARGE:
        text = ngettext("Tim kelebihan %(num)s anggota.", "Tim kelebihan %(num)s anggota.", n)
    else:
        over = ngettext("kelebihan %(num)s berkas.", "kelebihan %(num)s berkas.", n)
        text = f"{gap.label}: {over}"
    return str(text)


# -- acts ---------------------------------------------------------------------------------------------------------


class SubmitForm(Form):
    """Handing in: what was checked, a statement, and consent to be shown."""

    version = HiddenField(validators=[InputRequired()])
    is_original = BooleanField(
        _l(
            "Kami menyatakan usulan ini karya asli tim, memakai data secara sah, dan tidak sedang diikutkan di tempat "
            "lain. Kami menerima pembatalan bila pernyataan ini tidak benar."
        ),
        [InputRequired(_l("Centang pernyataan ini untuk dapat mengajukan."))],
    )
    in_gallery = BooleanField(
        _l(
            "Tampilkan judul dan ringkasan usulan kepada umum: di galeri setelah hasil diumumkan, "
            "dan dalam suara publik bila panitia membukanya"
        )
    )


class WithdrawForm(Form):
    """Taking back; saying why is optional."""

    reason = TextAreaField(_l("Alasan"), [length(1000)])


class DecisionForm(Form):
    """The secretariat's decision about one entry. Checklist boxes are read by `read_checks`."""

    decision = RadioField(
        _l("Keputusan"),
        [must_choose()],
        choices=lambda: [
            (Decision.PASS.value, _l("Lolos seleksi administrasi")),
            (Decision.RETURN.value, _l("Kembalikan untuk diperbaiki")),
            (Decision.FAIL.value, _l("Tidak lolos")),
        ],
    )
    reason = TextAreaField(
        _l("Alasan atau catatan untuk tim"),
        [length(4000)],
        description=_l("Wajib bila dikembalikan atau tidak lolos. Tim membacanya persis seperti Anda tulis."),
    )
    return_until = InstantField(
        _l("Batas waktu perbaikan"),
        validators=[Optional()],
        description=_l("Hanya bila dikembalikan."),
    )
    seen = HiddenField()


class UndoForm(Form):
    """Taking a decision back."""

    reason = TextAreaField(_l("Alasan pembatalan"), [required(), length(2000)])
    seen = HiddenField()


class DisqualifyForm(Form):
    """Putting an entry out of the competition."""

    rule = StringField(
        _l("Ketentuan yang dilanggar"),
        [required(), length(300)],
        description=_l("Misalnya: Juknis Bab IV angka 3, karya belum pernah dilombakan."),
    )
    reason = TextAreaField(
        _l("Alasan"),
        [required(), length(4000, 10)],
        description=_l("Tim membacanya persis seperti Anda tulis. Jangan menyebut karya lain."),
    )
    understood = BooleanField(
        _l("Saya sudah membaca akibatnya di atas"), [InputRequired(_l("Baca akibatnya, lalu centang."))]
    )


class ReinstateForm(Form):
    """Taking a disqualification back."""

    reason = TextAreaField(
        _l("Alasan pembatalan"), [required(), length(4000, 10)], description=_l("Tim membaca alasan ini.")
    )


class SimilarNoteForm(Form):
    """What somebody found in a pair of ideas that share passages."""

    reason = TextAreaField(
        _l("Hasil pemeriksaan"),
        [required(), length(2000)],
        description=_l(
            "Misalnya: lanjutan usulan unit yang sama, kutipan dengan sumber, atau perlu ditanyakan."
        ),
    )
    seen = HiddenField()


class ExtensionForm(Form):
    """A later deadline for one team."""

    team = SelectField(_l("Tim"), [must_choose()], validate_choice=False)
    until = InstantField(
        _l("Batas waktu baru"), validators=[InputRequired(_l("Isi tanggal dan jam dengan lengkap."))]
    )
    reason = TextAreaField(
        _l("Alasan"), [required(), length(1000)], description=_l("Tim membaca alasan ini; auditor juga.")
    )
    number = StringField(_l("Nomor surat"), [length(120)])
    letter = FileField(
        _l("Surat (PDF)"),
        description=_l("Hanya dibaca panitia dan auditor. Tim membaca nomor dan alasannya."),
    )


def check_name(item: ChecklistItem) -> str:
    """The name of a checklist item's box."""
    return f"cek-{item.id}"


def read_checks(sent: MultiDict[str, str], items: Sequence[ChecklistItem]) -> dict[str, bool]:
    """Which boxes of the checklist were ticked, by item."""
    return {str(item.id): check_name(item) in sent for item in items}
