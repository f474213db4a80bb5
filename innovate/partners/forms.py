"""Forms of partners."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional, Regexp

from innovate.core.web.forms import (
    Form,
    InstantField,
    between,
    email,
    given,
    length,
    must_choose,
    required,
)
from innovate.events.models import Event
from innovate.partners.domain.kinds import MixKind, OfferKind, OrganisationKind
from innovate.partners.domain.mix import MOST, MixRule
from innovate.partners.words import KINDS, MIX, OFFERS


def address() -> Regexp:
    """A web address as people copy it."""
    return Regexp(
        r"https?://[^\s/]+\.[^\s]+\Z", message=_l("Tulis alamat lengkap, contoh: https://contoh.ac.id.")
    )


class ProfileForm(Form):
    """What an organisation says of itself."""

    name = StringField(_l("Nama organisasi"), [required(), length(160, 3)])
    description = TextAreaField(
        _l("Tentang organisasi"), [required(), length(3000)], description=_l("Tampil di halaman publik.")
    )
    website = StringField(_l("Situs web"), [Optional(), length(300), address()])


class RegisterForm(ProfileForm):
    """A new organisation."""

    kind = SelectField(
        _l("Jenis"), [must_choose()], choices=lambda: [(each.value, KINDS[each]) for each in OrganisationKind]
    )


class LogoForm(Form):
    """A picture."""

    file = FileField(
        _l("Lambang"), description=_l("PNG atau JPEG, paling besar 4 MB. Gambar digambar ulang.")
    )


class DomainsForm(Form):
    """Whose addresses verify at once."""

    domains = TextAreaField(
        _l("Domain surel"),
        [length(1000)],
        description=_l(
            "Satu per baris, misalnya contoh.ac.id. Pemilik alamat terverifikasi langsung menjadi anggota."
        ),
    )


class AskForm(Form):
    """A word to the managers."""

    note = TextAreaField(
        _l("Catatan untuk pengelola"),
        [length(600)],
        description=_l("Misalnya: jabatan atau program studi Anda."),
    )


class AddressForm(Form):
    """One address."""

    email = StringField(_l("Alamat surel"), [required(), email(), length(254)])


class ReasonForm(Form):
    """Why not."""

    reason = StringField(_l("Alasan bila belum dapat diterima"), [length(600)])


class ChallengeForm(Form):
    """A problem put to an event."""

    title = StringField(_l("Judul tantangan"), [required(), length(120, 5)])
    background = TextAreaField(_l("Latar belakang"), [required(), length(6000)])
    criteria = TextAreaField(_l("Ukuran keberhasilan"), [required(), length(3000)])
    data = TextAreaField(_l("Data yang diberikan"), [length(3000)])
    data_url = StringField(_l("Tautan data"), [Optional(), length(500), address()])
    file = FileField(
        _l("Berkas data"),
        description=_l("CSV, JSON, GeoJSON, XLSX, ODS, atau PDF. Hanya dapat diunduh oleh peserta."),
    )
    drops_file = BooleanField(_l("Jangan bagikan berkas ini lagi"))
    data_terms = TextAreaField(_l("Syarat pemakaian data"), [length(3000)])
    contact = StringField(
        _l("Narahubung"), [required(), length(200)], description=_l("Tampil di halaman publik.")
    )
    capacity = IntegerField(
        _l("Paling banyak berapa tim"),
        [Optional(), between(1, 500)],
        description=_l("Kosongkan bila tidak dibatasi. Yang lebih dahulu mengajukan usulan mendapat tempat."),
    )

    def values(self) -> dict[str, Any]:
        """What services take."""
        names = ("title", "background", "criteria", "data", "data_url", "data_terms", "contact")
        return {name: self[name].data or "" for name in names} | {"capacity": self.capacity.data}


class NewChallengeForm(ChallengeForm):
    """… and to which."""

    event = SelectField(_l("Kompetisi"), [must_choose()])

    def offer(self, events: Sequence[Event]) -> NewChallengeForm:
        """The competitions to choose from."""
        self.event.choices = [(event.slug, event.name) for event in events]
        return self


class RoomChallengeForm(ChallengeForm):
    """The organizer's reading of a challenge, with the track it becomes."""

    track = SelectField(_l("Menjadi kategori"), validate_choice=True)
    reason = StringField(_l("Alasan bila dikembalikan"), [length(600)])


class SupportForm(Form):
    """A mentor or a prize; choices are set by the page."""

    choice = SelectField(_l("Anggota"), [must_choose()])
    note = StringField(_l("Catatan untuk penyelenggara"), [length(600)])


class OfferForm(Form):
    """Something for teams."""

    kind = SelectField(
        _l("Jenis"), [must_choose()], choices=lambda: [(each.value, OFFERS[each]) for each in OfferKind]
    )
    title = StringField(_l("Judul"), [required(), length(120, 5)])
    text = TextAreaField(_l("Uraian"), [required(), length(3000)])
    needs = SelectField(
        _l("Untuk tim yang memuat"),
        choices=lambda: [("", _("siapa pun")), *((each.value, MIX[each]) for each in MixKind)],
        description=_l("Diperiksa saat tim menyatakan minat."),
    )
    audience = StringField(
        _l("Keterangan untuk siapa"),
        [length(300)],
        description=_l("Misalnya: tim finalis semester lima ke atas."),
    )
    places = IntegerField(
        _l("Tempat"), [given(), between(1, 500)], description=_l("Berapa tim dapat diterima.")
    )
    until = InstantField(_l("Dibuka sampai"), [given()])

    def values(self) -> dict[str, Any]:
        """What services take."""
        return {
            "kind": OfferKind(self.kind.data),
            "title": self.title.data,
            "text": self.text.data,
            "audience": self.audience.data or "",
            "needs": MixKind(self.needs.data) if self.needs.data else None,
            "places": self.places.data,
            "until": self.until.data,
        }


class WishForm(Form):
    """Which team asks, and why."""

    team = SelectField(_l("Tim"), [must_choose()])
    note = TextAreaField(_l("Catatan untuk organisasi"), [required(), length(1000)])


class StatementForm(Form):
    """The next version of a statement."""

    title = StringField(_l("Judul"), [required(), length(160)])
    text = TextAreaField(_l("Isi pernyataan"), [required(), length(12000)])


class AcceptForm(Form):
    """I have read it."""

    agree = BooleanField(_l("Saya telah membaca dan menyetujui pernyataan di atas"))


class MixForm(Form):
    """Two numbers for each kind of member; see `mix_form`."""

    @property
    def rules(self) -> list[MixRule]:
        """The rules as typed; call after validation."""
        return [
            MixRule(kind, self[f"{kind.value}_least"].data or 0, self[f"{kind.value}_most"].data)
            for kind in MixKind
        ]


def mix_form(rules: Sequence[MixRule]) -> MixForm:
    """A form with a pair of fields for each kind, filled with the rules in force."""
    fields: dict[str, Any] = {}
    for kind in MixKind:
        fields[f"{kind.value}_least"] = IntegerField(
            _("Paling sedikit %(who)s", who=MIX[kind]), [Optional(), between(0, MOST)]
        )
        fields[f"{kind.value}_most"] = IntegerField(
            _("Paling banyak %(who)s", who=MIX[kind]), [Optional(), between(0, MOST)]
        )
    stored = {f"{rule.kind.value}_least": rule.at_least or None for rule in rules}
    stored |= {f"{rule.kind.value}_most": rule.at_most for rule in rules}
    form: MixForm = type("MixForm", (MixForm,), fields)(data=stored)
    return form
