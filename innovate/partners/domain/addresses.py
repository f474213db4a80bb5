"""Domains of mail addresses that belong to an organisation."""

from __future__ import annotations

import re
from collections.abc import Collection

_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}")
# Everybody can have an address there, so it says nothing of where a person belongs.
OPEN = frozenset(
    {"gmail.com", "googlemail.com", "yahoo.com", "yahoo.co.id", "outlook.com", "hotmail.com", "icloud.com"}
    | {"live.com", "proton.me", "protonmail.com", "ymail.com", "aol.com", "mail.com"}
)
# Whole kinds of places, never one: `ac.id` would make every lecturer of the country a member.
_SHARED = frozenset(
    f"{kind}.id"
    for kind in ("ac", "biz", "co", "desa", "go", "mil", "my", "net", "or", "ponpes", "sch", "web")
)


def read_domains(text: str) -> list[str]:
    """Domains as typed, one a line or apart by commas: small letters, no sign before them, none twice."""
    words = re.split(r"[\s,;]+", text.lower())
    return list(dict.fromkeys(word.removeprefix("@").rstrip(".") for word in words if word.strip("@.")))


def find_wrong_domain(domains: Collection[str]) -> str | None:
    """The first that is none, or that everybody can have."""
    return next((each for each in domains if each in OPEN | _SHARED or not _DOMAIN.fullmatch(each)), None)


def belongs(email: str, domains: Collection[str]) -> bool:
    """Whether the address lies in one of the domains or below it; `notugm.ac.id` is not `ugm.ac.id`."""
    host = email.rpartition("@")[2].lower()
    return bool(host) and any(host == domain or host.endswith(f".{domain}") for domain in domains)
