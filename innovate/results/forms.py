"""Forms of the results rooms."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    FieldList,
    FileField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import AnyOf, InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from innovate.core.web.forms import Form, InstantField, between, given, length, must_choose, required
from innovate.events.domain.seal import BoardState
from innovate.results.domain.advance import CutRule
from innovate.results.domain.awards import Succession
from innovate.results.domain.bundle.inputs import Publication
from innovate.results.domain.method import MENU, Method, ScoringRules
from innovate.results.domain.objections import MOST_DAYS, Outcome
from innovate.results.domain.ties.rules import TieRule
from innovate.results.words.method import METHODS, TIES

_STATES = [state.value for state in BoardState]


class WithdrawAwardForm(Form):
    """Taking an announced award away."""

    succession = RadioField(
        _l("Tempat yang ditinggalkan"),
        [must_choose()],
        choices=[
            SelectChoice(
                Succession.VACANT.value,
                _l(
                    "Dibiarkan kosong: karya tetap pada peringkatnya tanpa penghargaan, dan tidak ada penggantinya"
                ),
            ),
            SelectChoice(
                Succession.MOVES_UP.value,
                _l(
                    "Naik: karya keluar dari peringkat, dan peringkat di belakangnya naik beserta penghargaannya"
                ),
            ),
        ],
    )
    decree = StringField(
        _l("Nomor keputusan"), [required(), length(120)], description=_l("Misalnya: 400.10.11/2704/SJ.")
    )
    day = DateField(_l("Tanggal keputusan"), [InputRequired(_l("Isi tanggalnya dengan lengkap."))])
    reason = TextAreaField(
        _l("Alasan bagi tim dan panitia"),
        [required(), length(4000, 10)],
        description=_l("Dibaca tim yang bersangkutan, panitia, dan auditor. Tidak tampil untuk umum."),
    )
    public_reason = TextAreaField(
        _l("Alasan untuk umum"),
        [length(1000)],
        description=_l(
            "Tampil di halaman peringkat. Bila kosong, umum hanya membaca bahwa penghargaan dicabut."
        ),
    )
    understood = BooleanField(
        _l("Saya sudah membaca akibatnya di atas"), [InputRequired(_l("Baca akibatnya, lalu centang."))]
    )


class MoveForm(Form):
    """One step of a board; `expected` is the state the page showed."""

    expected = HiddenField(validators=[AnyOf(_STATES)])
    after = HiddenField(validators=[AnyOf(_STATES)])
    seen = HiddenField(validators=[length(64)])
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


class SignForm(Form):
    """Signing a snapshot off, or taking the signature back."""

    expected = HiddenField(validators=[AnyOf(_STATES)])
    after = HiddenField(validators=[AnyOf([BoardState.SIGNED.value, BoardState.FROZEN.value])])
    seen = HiddenField(validators=[length(64)])
    reason = TextAreaField(_l("Alasan"), [length(2000)])


class PlanForm(Form):
    """How long objections are taken, and when the result goes public by itself."""

    objection_days = IntegerField(
        _l("Masa sanggah, dalam hari kerja"),
        [given(), between(0, MOST_DAYS)],
        description=_l(
            "Dihitung sejak hari kerja sesudah pengumuman, sampai pukul 23.59. Isi 0 bila tidak ada."
        ),
    )
    announce_at = InstantField(
        _l("Umumkan sendiri pada"),
        description=_l("Kosongkan bila akan diumumkan dengan tangan."),
    )


class WindowForm(Form):
    """Until when objections are taken from now on."""

    until = InstantField(_l("Diterima sampai"), [required()])
    reason = TextAreaField(
        _l("Alasan"), [required(), length(2000)], description=_l("Terbaca oleh semua orang di halaman hasil.")
    )


class ObjectionForm(Form):
    """What a team has against the result."""

    reason = TextAreaField(
        _l("Isi sanggahan"),
        [required(), length(5000, 20)],
        description=_l("Sebutkan yang menurut Anda keliru dan dasarnya, misalnya kriteria atau ketentuan."),
    )
    attachment = FileField(_l("Lampiran"))


class AnswerForm(Form):
    """The decision on an objection."""

    outcome = RadioField(
        _l("Putusan"),
        [must_choose()],
        choices=[
            SelectChoice(Outcome.ACCEPTED.value, _l("Diterima")),
            SelectChoice(Outcome.PARTLY.value, _l("Diterima sebagian")),
            SelectChoice(Outcome.REJECTED.value, _l("Ditolak")),
        ],
    )
    answer = TextAreaField(
        _l("Jawaban untuk tim"),
        [required(), length(5000, 20)],
        description=_l("Dibaca seluruh anggota tim. Jawaban tidak dapat diubah."),
    )


class AwardForm(Form):
    """A special prize, the entry it goes to, and why."""

    prize = SelectField(_l("Penghargaan"), [required()])
    idea = SelectField(_l("Karya"), [required()])
    reason = TextAreaField(_l("Alasan"), [required(), length(1000, 10)])


class RevokeForm(Form):
    """Taking a special prize back."""

    reason = TextAreaField(_l("Alasan"), [required(), length(1000, 10)])


_NO_RULE = ""
_TIE_PLACES = len(MENU)


class PointsField(DecimalField):
    """Points with a comma or a dot."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read `85,5` and `85.5`."""
        super().process_formdata([value.strip().replace(",", ".") for value in valuelist])


class RulesForm(Form):
    """How a round is ranked."""

    method = RadioField(
        _l("Metode"),
        [must_choose()],
        choices=[SelectChoice(method.value, words) for method, words in METHODS.items()],
    )
    ties = FieldList(
        SelectField(
            choices=[SelectChoice(_NO_RULE, "–"), *(SelectChoice(rule.value, TIES[rule]) for rule in MENU)],
            default=_NO_RULE,
        ),
        min_entries=_TIE_PLACES,
        max_entries=_TIE_PLACES,
    )
    minimum_ballots = IntegerField(_l("Jumlah penilaian minimum agar diperingkat"), [between(1, 50)])
    passing = PointsField(
        _l("Nilai minimum agar lolos dan berhak atas penghargaan"),
        [Optional(), NumberRange(0, 100, _l("Isi angka dari 0 sampai 100."))],
        description=_l("Misalnya 85. Kosongkan bila tidak ada."),
    )
    quota = IntegerField(
        _l("Yang lolos dari setiap kelompok"),
        [Optional(), between(1, 500)],
        description=_l("Kosongkan bila tidak dibatasi."),
    )
    joint = BooleanField(
        _l("Peringkatkan bersama walaupun kelompok juri tidak terhubung"),
        description=_l(
            "Bila tidak satu penilaian pun menghubungkan dua kelompok juri, ketegasan keduanya tidak dapat "
            "dibandingkan. Tanpa centang ini, peringkat dihitung di dalam setiap kelompok."
        ),
    )

    def read(self) -> ScoringRules:
        """The rules as chosen; rules of ties that were left empty are skipped."""
        asked = [TieRule(field.data) for field in self.ties if field.data]
        return ScoringRules(
            method=Method(self.method.data),
            tie_order=(*asked, TieRule.SHARED),
            minimum_ballots=self.minimum_ballots.data,
            passing=None if self.passing.data is None else float(self.passing.data),
            quota=self.quota.data,
            joint=self.joint.data,
        )


def fill_rules(rules: ScoringRules) -> dict[str, Any]:
    """Rules as the form's data."""
    asked = [rule.value for rule in rules.tie_order if rule in MENU]
    return {
        "method": rules.method.value,
        "ties": [*asked, *[_NO_RULE] * _TIE_PLACES][:_TIE_PLACES],
        "minimum_ballots": rules.minimum_ballots,
        "passing": rules.passing,
        "quota": rules.quota,
        "joint": rules.joint,
    }


class RulingForm(Form):
    """What the jury decided about a tie: entries from first to last as one list, and why."""

    order = HiddenField()
    reason = TextAreaField(_l("Alasan tertulis"), [required(), length(2000, 10)])
    withdraw = HiddenField()
