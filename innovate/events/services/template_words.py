"""What is wrong with a template, as sentences."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.events.domain.shapes import Fault, Misfit, Path

_MISFITS = {
    Misfit.MISSING: _l("%(place)s: bagian ini wajib ada."),
    Misfit.UNKNOWN: _l("%(place)s: nama isian ini tidak dikenal. Yang dikenal: %(known)s."),
    Misfit.TEXT: _l("%(place)s: isi dengan teks."),
    Misfit.EMPTY: _l("%(place)s: tidak boleh kosong."),
    Misfit.LONG: _l("%(place)s: paling banyak %(most)s karakter."),
    Misfit.WHOLE: _l("%(place)s: isi bilangan bulat dari %(low)s sampai %(high)s."),
    Misfit.NUMBER: _l("%(place)s: isi angka dari %(low)s sampai %(high)s, paling banyak dua desimal."),
    Misfit.FLAG: _l("%(place)s: isi true atau false."),
    Misfit.CHOICE: _l("%(place)s: isi salah satu dari %(values)s."),
    Misfit.LIST: _l("%(place)s: isi dengan daftar."),
    Misfit.MANY: _l("%(place)s: paling banyak %(most)s isi."),
    Misfit.FEW: _l("%(place)s: paling sedikit %(least)s isi."),
    Misfit.MAP: _l("%(place)s: isi dengan pasangan nama dan nilai."),
    Misfit.CLOCK: _l("%(place)s: isi jam seperti 08:00."),
    Misfit.REPEATED: _l("%(place)s: “%(value)s” sudah dipakai di atasnya."),
}
# Features above add the sentences of the rules they review.
RULES: dict[str, Any] = {
    "team": _l("%(place)s: jumlah terbanyak tidak boleh kurang dari jumlah paling sedikit."),
    "url": _l("%(place)s: isi tautan lengkap yang dimulai dengan https://."),
    "choices": _l("%(place)s: jenis isian ini memerlukan daftar pilihan."),
    "choices_repeat": _l("%(place)s: ada pilihan yang tertulis dua kali."),
    "word_limit": _l("%(place)s: batas kata hanya untuk teks panjang, dari 1 sampai 5.000."),
    "meaning": _l("%(place)s: arti ini sudah dipakai isian lain."),
    "no_field": _l("%(place)s: isian ini tidak ada di formulir."),
    "no_file": _l("%(place)s: sebutkan isian berkas yang ada di formulir."),
    "word_least": _l("%(place)s: paling sedikit 1 kata, dan tidak lebih daripada batas katanya."),
    "max_files": _l("%(place)s: jumlah berkas dari 1 sampai 10."),
    "accept": _l("%(place)s: sebutkan sekurang-kurangnya satu jenis berkas."),
    "ends_before_start": _l("%(place)s: akhir tahap harus setelah awalnya."),
    "before_previous": _l("%(place)s: tahap ini dimulai sebelum tahap di atasnya."),
    "judging_before_submission_ends": _l("%(place)s: penilaian dimulai sebelum pengajuan berakhir."),
}


def say_fault(fault: Fault) -> str:
    """One sentence with the place."""
    about = {"place": say_path(fault.path), **fault.about}
    text = RULES[about["rule"]] if fault.misfit is Misfit.RULE else _MISFITS[fault.misfit]
    return str(text) % about


def say_path(path: Path) -> str:
    """A place as people say it: `form 3, word_limit`; rows count from 1."""
    said = ""
    for part in path:
        said += f" {part + 1}" if isinstance(part, int) else f"{', ' if said else ''}{part[:60]}"
    return said or "templat"
