"""Classes of units a city thinks in, by the stored kind of a unit (`accounts.models.UnitKind`, as text)."""

from __future__ import annotations

import enum


class UnitClass(enum.StrEnum):
    """What kind of unit it is, as addresses say it."""

    OFFICE = "perangkat-daerah"
    DISTRICT = "kecamatan"
    WARD = "kelurahan"
    SERVICE = "upt"
    COMPANY = "bumd"


_OTHERS = {
    "kecamatan": UnitClass.DISTRICT,
    "kelurahan": UnitClass.WARD,
    "upt": UnitClass.SERVICE,
    "puskesmas": UnitClass.SERVICE,
    "rsud": UnitClass.SERVICE,
    "bumd": UnitClass.COMPANY,
}


def class_of(kind: str) -> UnitClass:
    """The class of a kind; whatever is none of the others is an office of the city."""
    return _OTHERS.get(kind, UnitClass.OFFICE)


def read_class(text: str) -> UnitClass | None:
    """What an address asks for; None for all, and for what is no class."""
    return UnitClass(text) if text in set(UnitClass) else None
