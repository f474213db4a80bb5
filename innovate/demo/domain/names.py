"""Names for invented people beyond those written down, as one hears them in Pontianak."""

from __future__ import annotations

from collections.abc import Container
from random import Random

_WOMEN = (
    "Aisyah", "Dwi", "Elisabet", "Fitri", "Gita", "Helena", "Indri", "Jessica", "Kartika", "Lusia", "Melati", "Nabila",
    "Oktaviana", "Putri", "Rahmi", "Sinta", "Tasya", "Ulfa", "Veronika", "Winda", "Yuni", "Zaskia",
)  # fmt: skip
_MEN = (
    "Agus", "Bagas", "Chandra", "Dimas", "Eko", "Fajar", "Gilang", "Hafiz", "Ivan", "Joni", "Kevin", "Luthfi", "Mikael",
    "Nanda", "Oscar", "Pandu", "Rangga", "Stefanus", "Taufik", "Valentino", "Wahyu", "Yogi",
)  # fmt: skip
_FAMILIES = (
    "Alamsyah", "Bakri", "Darmawan", "Effendi", "Firdaus", "Halim", "Iskandar", "Jamaluddin", "Kusnadi", "Limbong",
    "Mulyadi", "Nasution", "Pranata", "Ramadhan", "Saputra", "Susanto", "Tambunan", "Usman", "Wijaya", "Yusuf",
)  # fmt: skip


def make_name(draw: Random, sex: str, taken: Container[str]) -> str:
    """A name of two words that nobody in `taken` has."""
    given = _WOMEN if sex == "p" else _MEN
    while True:
        name = f"{draw.choice(given)} {draw.choice(_FAMILIES)}"
        if name not in taken:
            return name
