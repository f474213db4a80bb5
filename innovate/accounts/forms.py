"""Forms about people."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, PasswordField, RadioField, SelectField, StringField, ValidationError

from innovate.accounts.domain import nip as nips
from innovate.accounts.domain import passwords, phone
from innovate.accounts.domain.nip import NipFault, NipWarning
from innovate.accounts.domain.passwords import PasswordFault
from innovate.accounts.models import Employment
from innovate.core.web.forms import Form, email, length, must_choose, required

EMPLOYMENT_LABELS = {
    Employment.PNS: _l("PNS"),
    Employment.CPNS: _l("CPNS"),
    Employment.PPPK: _l("PPPK"),
    Employment.PPPK_PART_TIME: _l("PPPK Paruh Waktu"),
    Employment.STUDENT: _l("Mahasiswa"),
    Employment.ACADEMIC: _l("Akademisi"),
    Employment.PRIVATE: _l("Swasta"),
    Employment.COMMUNITY: _l("Komunitas atau mitra"),
    Employment.OTHER: _l("Non-ASN lainnya"),
}
PASSWORD_FAULTS = {
    PasswordFault.SHORT: _l(
        "Kata sandi paling sedikit 12 karakter. Beberapa kata biasa lebih mudah diingat daripada lambang."
    ),
    PasswordFault.LONG: _l("Kata sandi paling banyak 128 karakter."),
    PasswordFault.REPEATED: _l("Kata sandi ini mengulang karakter yang sama. Pilih kata-kata yang lain."),
    PasswordFault.OBVIOUS: _l(
        "Kata sandi ini termasuk yang pertama dicoba orang. Pilih kata-kata yang lain."
    ),
    PasswordFault.PERSONAL: _l(
        "Kata sandi ini tersusun dari nama atau surel Anda. Pilih kata-kata yang lain."
    ),
}
NIP_FAULTS = {
    NipFault.CHARACTERS: _l("NIP hanya berisi angka; spasi, titik, dan tanda hubung boleh."),
    NipFault.LENGTH: _l("NIP terdiri atas 18 angka."),
    NipFault.BIRTH_DATE: _l("Angka ke-1 sampai ke-8 harus tanggal lahir, contoh: 19860926."),
    NipFault.KIND: _l("Angka ke-13 dan ke-14 harus bulan 01–12 (PNS) atau 21–29 (PPPK)."),
    NipFault.SEX: _l("Angka ke-15 harus 1 atau 2."),
    NipFault.SERIAL: _l("Tiga angka terakhir tidak boleh 000."),
}
NIP_WARNINGS = {
    NipWarning.STATUS_DIFFERS: _l("Angka ke-13 dan ke-14 pada NIP tidak sesuai dengan status kepegawaian."),
    NipWarning.AGE: _l("Menurut NIP, usia saat diangkat di luar 18–58 tahun."),
    NipWarning.FUTURE: _l("NIP memuat tahun yang belum tiba."),
    NipWarning.TOO_EARLY_PPPK: _l("Menurut NIP, pengangkatan PPPK sebelum 2019."),
}


def employment_choices() -> list[tuple[str, Any]]:
    """Every status with its label."""
    return [(kind.value, label) for kind, label in EMPLOYMENT_LABELS.items()]


class PasswordsMixin:
    """A new password, judged by its length and by what is known about the person."""

    password = PasswordField(_l("Kata sandi baru"), [required()])

    def known_email(self) -> str:
        """The person's address."""
        return ""

    def known_name(self) -> str:
        """The person's name."""
        return ""

    def validate_password(self, field: PasswordField) -> None:
        """Refuse what anybody would try first."""
        fault = passwords.find_fault(field.data, email=self.known_email(), name=self.known_name())
        if fault:
            raise ValidationError(PASSWORD_FAULTS[fault])


class SignInForm(Form):
    """Address and password."""

    email = StringField(_l("Surel"), [required(), email(), length(254)])
    password = PasswordField(_l("Kata sandi"), [required(), length(1000)])
    remember = BooleanField(_l("Tetap masuk di perangkat ini"))


class SignUpForm(PasswordsMixin, Form):
    """A new person. The unit and the rest are asked for in the profile."""

    name = StringField(_l("Nama lengkap tanpa gelar"), [required(), length(120, 2)])
    email = StringField(_l("Surel"), [required(), email(), length(254)])
    employment = SelectField(_l("Status"), [must_choose()], choices=employment_choices)
    unit_id = SelectField(_l("Perangkat daerah atau unit kerja"), coerce=int, default=0)
    organization = StringField(_l("Kampus, perusahaan, atau komunitas"), [length(160)])
    password = PasswordField(_l("Kata sandi"), [required()])

    def known_email(self) -> str:
        return self.email.data or ""

    def known_name(self) -> str:
        return self.name.data or ""


class EmailForm(Form):
    """Just an address."""

    email = StringField(_l("Surel"), [required(), email(), length(254)])


class ConfirmForm(Form):
    """The password chosen at sign-up; not asked for in the browser that signed up."""

    password = PasswordField(_l("Kata sandi yang Anda pilih saat mendaftar"))


class _PersonalForm(Form):
    def __init__(self, user: Any, **values: Any) -> None:
        super().__init__(**values)
        self._user = user

    def known_email(self) -> str:
        return str(self._user.email)

    def known_name(self) -> str:
        return str(self._user.name)


class ResetForm(_PersonalForm, PasswordsMixin):
    """A new password by link."""

    password = PasswordField(_l("Kata sandi baru"), [required()])


class ChangePasswordForm(_PersonalForm, PasswordsMixin):
    """The present and the new password."""

    current = PasswordField(_l("Kata sandi sekarang"), [required(), length(1000)])
    password = PasswordField(_l("Kata sandi baru"), [required()])


class ChangeEmailForm(Form):
    """A new address, with the password as proof."""

    email = StringField(_l("Surel baru"), [required(), email(), length(254)])
    current = PasswordField(_l("Kata sandi sekarang"), [required(), length(1000)])


class AppearanceForm(Form):
    """Language and theme."""

    locale = RadioField(
        _l("Bahasa"), [must_choose()], choices=lambda: [("id", "Bahasa Indonesia"), ("en", "English")]
    )
    theme = RadioField(
        _l("Tema"),
        [must_choose()],
        choices=lambda: [("light", _l("Terang")), ("dark", _l("Gelap")), ("auto", _l("Ikut perangkat"))],
    )


class ProfileForm(Form):
    """What a person says about themselves."""

    title_before = StringField(_l("Gelar depan"), [length(60)])
    name = StringField(_l("Nama tanpa gelar"), [required(), length(120, 2)])
    title_after = StringField(_l("Gelar belakang"), [length(80)])
    employment = SelectField(_l("Status"), [must_choose()], choices=employment_choices)
    unit_id = SelectField(_l("Perangkat daerah atau unit kerja"), coerce=int, default=0)
    organization = StringField(_l("Kampus, perusahaan, atau komunitas"), [length(160)])
    position = StringField(_l("Jabatan"), [length(160)])
    phone = StringField(_l("Telepon"), [length(40)])
    nip = StringField(_l("NIP"), [length(40)])

    def validate_phone(self, field: StringField) -> None:
        """A number that can be called."""
        if field.data and phone.normalise(field.data) is None:
            raise ValidationError(_l("Nomor telepon ini tidak lengkap, contoh: 0812-3456-7890."))

    def validate_nip(self, field: StringField) -> None:
        """18 digits with a meaning, or nothing."""
        fault = nips.parse(field.data) if field.data else None
        if isinstance(fault, NipFault):
            raise ValidationError(NIP_FAULTS[fault])

    def values(self) -> dict[str, Any]:
        """What the service takes: numbers normalised, no unit as None."""
        nip = nips.normalise(self.nip.data or "")
        return {
            "title_before": self.title_before.data,
            "name": " ".join(self.name.data.split()),
            "title_after": self.title_after.data,
            "employment": Employment(self.employment.data),
            "unit_id": self.unit_id.data or None,
            "organization": self.organization.data,
            "position": self.position.data,
            "phone": (phone.normalise(self.phone.data) or "") if self.phone.data else "",
            "nip": nip or None,
        }
