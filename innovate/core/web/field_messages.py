"""What WTForms and Flask-WTF say by themselves, in the product's words and the reader's language."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import lazy_gettext as _l

_UNREADABLE = _l("Isian ini tidak dapat dibaca. Periksa lalu tulis ulang.")
_OLD_PAGE = _l("Halaman ini sudah terlalu lama terbuka. Muat ulang, lalu kirim sekali lagi.")
_CHOICE = _l("Pilihan ini tidak tersedia. Pilih yang lain.")
_WHOLE = _l("Tulis sebagai bilangan bulat, misalnya 12.")
_NUMBER = _l("Tulis sebagai angka, misalnya 12,5.")
_REQUIRED = _l("Bagian ini wajib diisi.")
_UNCHANGEABLE = _l("Bagian ini tidak dapat diubah.")

# Singular and plural of one message share an entry: Indonesian has one form, and the counts are plural in practice.
TEXTS: dict[str, Any] = {
    "This field is required.": _REQUIRED,
    "Invalid input.": _UNREADABLE,
    "Invalid field name '%s'.": _UNREADABLE,
    "Field must be equal to %(other_name)s.": _l("Kedua isian harus sama."),
    "Field must be at least %(min)d character long.": _l("Paling sedikit %(min)d karakter."),
    "Field must be at least %(min)d characters long.": _l("Paling sedikit %(min)d karakter."),
    "Field cannot be longer than %(max)d character.": _l("Paling banyak %(max)d karakter."),
    "Field cannot be longer than %(max)d characters.": _l("Paling banyak %(max)d karakter."),
    "Field must be exactly %(max)d character long.": _l("Harus tepat %(max)d karakter."),
    "Field must be exactly %(max)d characters long.": _l("Harus tepat %(max)d karakter."),
    "Field must be between %(min)d and %(max)d characters long.": _l("Isi %(min)d sampai %(max)d karakter."),
    "Number must be at least %(min)s.": _l("Angkanya paling sedikit %(min)s."),
    "Number must be at most %(max)s.": _l("Angkanya paling banyak %(max)s."),
    "Number must be between %(min)s and %(max)s.": _l("Isi angka dari %(min)s sampai %(max)s."),
    "Date must be at least %(min)s.": _l("Tanggalnya paling awal %(min)s."),
    "Date must be at most %(max)s.": _l("Tanggalnya paling akhir %(max)s."),
    "Date must be between %(min)s and %(max)s.": _l("Pilih tanggal dari %(min)s sampai %(max)s."),
    "Invalid email address.": _l("Alamat surel ini tidak lengkap, contoh: nama@pontianak.go.id."),
    "Invalid IP address.": _UNREADABLE,
    "Invalid Mac address.": _UNREADABLE,
    "Invalid URL.": _l("Tulis alamat web lengkap yang diawali https://"),
    "Invalid UUID.": _UNREADABLE,
    "Invalid value, must be one of: %(values)s.": _l("Isi salah satu dari: %(values)s."),
    "Invalid value, can't be any of: %(values)s.": _l("Isian ini tidak boleh salah satu dari: %(values)s."),
    "This field cannot be edited.": _UNCHANGEABLE,
    "This field is disabled and cannot have a value.": _UNCHANGEABLE,
    "Invalid Choice: could not coerce.": _CHOICE,
    "Invalid choice(s): one or more data inputs could not be coerced.": _CHOICE,
    "Choices cannot be None.": _CHOICE,
    "Not a valid choice.": _CHOICE,
    "'%(value)s' is not a valid choice for this field.": _l("Pilihan %(value)s tidak tersedia."),
    "'%(value)s' are not valid choices for this field.": _l("Pilihan %(value)s tidak tersedia."),
    "Not a valid datetime value.": _l("Isi tanggal dan jam dengan lengkap."),
    "Not a valid date value.": _l("Tulis sebagai tanggal yang benar."),
    "Not a valid time value.": _l("Tulis sebagai jam yang benar, misalnya 09.30."),
    "Not a valid week value.": _l("Tulis sebagai pekan yang benar."),
    "Not a valid integer value.": _WHOLE,
    "Not a valid decimal value.": _NUMBER,
    "Not a valid float value.": _NUMBER,
    "Invalid CSRF Token.": _OLD_PAGE,
    "CSRF token missing.": _OLD_PAGE,
    "CSRF failed.": _OLD_PAGE,
    "CSRF token expired.": _OLD_PAGE,
    "The CSRF token is missing.": _OLD_PAGE,
    "The CSRF session token is missing.": _OLD_PAGE,
    "The CSRF token has expired.": _OLD_PAGE,
    "The CSRF token is invalid.": _OLD_PAGE,
    "The CSRF tokens do not match.": _OLD_PAGE,
    "The referrer header is missing.": _OLD_PAGE,
    "The referrer does not match the host.": _OLD_PAGE,
    "File does not have an approved extension: {extensions}": _l(
        "Jenis berkas ini tidak diterima. Yang diterima: {extensions}"
    ),
    "File does not have an approved extension.": _l("Jenis berkas ini tidak diterima."),
}
_FILE_SIZE = re.compile(
    r"File must be between (\d+) and (\d+) bytes\."
)  # theirs comes with its numbers filled in


class FieldMessages:
    """The translations object WTForms asks."""

    def gettext(self, string: str) -> str:
        """The product's text for one of theirs; anything else (a field's own name) stays."""
        if size := _FILE_SIZE.fullmatch(string):
            return str(
                _l("Besar berkas harus antara %(least)s dan %(most)s bita.", least=size[1], most=size[2])
            )
        return str(TEXTS.get(string, string))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The same for counted ones."""
        return self.gettext(singular if n == 1 else plural)


FIELD_MESSAGES = FieldMessages()
