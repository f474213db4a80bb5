"""Forms of the draw."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectMultipleField, StringField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from innovate.core.web.forms import Form, between, length
from innovate.scoring.domain.assignment.plan import LARGEST_SEED


class DrawForm(Form):
    """Asking for a preview."""

    seed = IntegerField(
        _l("Angka undian"),
        [Optional(), between(0, LARGEST_SEED)],
        description=_l("Kosongkan untuk angka acak. Angka yang sama memberi hasil yang sama."),
    )
    silent = SelectMultipleField(
        _l("Alihkan karya juri ini"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=_l("Karya yang belum mereka ajukan nilainya diberikan kepada juri lain."),
    )


class ApplyForm(Form):
    """Applying a preview."""

    confirmed = BooleanField(_l("Saya menerima kelompok juri yang terpisah"))


class GroupsForm(Form):
    """Accepting a divided jury, as it was when the page was read."""

    seen = IntegerField(widget=HiddenInput())
    confirmed = BooleanField(
        _l(
            "Saya menerima bahwa nilai antarkelompok tidak dapat dibandingkan, sehingga karya diperingkat di dalam "
            "kelompoknya"
        )
    )


class SubjectForm(Form):
    """A juror's own word on what they know."""

    expertise = SelectMultipleField(
        _l("Bidang keahlian"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=_l("Tanpa pilihan berarti semua bidang."),
    )
    keywords = StringField(
        _l("Kata kunci keahlian"),
        [length(500)],
        description=_l(
            "Dipisah koma, misalnya: air bersih, drainase, kecerdasan buatan. Dicari dalam isi karya."
        ),
    )
