"""Numbers and addresses of invented people: well formed, the same at every load, belonging to nobody."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from random import Random

_FIRST_PPPK_YEAR = 2019
_LAST_YEAR = 2025


def make_nip(key: str, kind: str, sex: str) -> str:
    """An 18-digit NIP for a person of this kind (`pns`, `cpns`, `pppk`, `pppk_pw`) and sex (`l`, `p`)."""
    draw = Random(f"nip:{key}")
    is_pppk = kind.startswith("pppk")
    if is_pppk:
        year = 2025 if kind == "pppk_pw" else draw.randint(_FIRST_PPPK_YEAR, _LAST_YEAR)
        code = "21"
    else:
        year = _LAST_YEAR if kind == "cpns" else draw.randint(1998, 2022)
        code = f"{draw.randint(1, 12):02}"
    age = draw.randint(22, 44 if is_pppk else 33)
    born = date(year - age, 1, 1) + timedelta(days=draw.randint(0, 364))
    return f"{born:%Y%m%d}{year}{code}{1 if sex == 'l' else 2}{draw.randint(1, 999):03}"


def slug(text: str) -> str:
    """The text in lower-case ASCII words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def make_address(name: str, host: str, taken: set[str]) -> str:
    """`first.last@host`, with a number where it is taken; notes it as taken."""
    words = slug(name).split("-")
    local = ".".join([words[0], words[-1]] if len(words) > 1 else words)
    address, number = f"{local}@{host}", 1
    while address in taken:
        number += 1
        address = f"{local}{number}@{host}"
    taken.add(address)
    return address
