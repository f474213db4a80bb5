"""Hints at a conflict of interest that bar nobody: an e-mail domain that juror and team share."""

from __future__ import annotations

# Addresses anybody can have say nothing about where a person works.
PUBLIC_PROVIDERS = frozenset(
    {
        "aol.com",
        "gmail.com",
        "gmx.com",
        "gmx.net",
        "googlemail.com",
        "hotmail.com",
        "icloud.com",
        "live.com",
        "mac.com",
        "mail.com",
        "mail.ru",
        "me.com",
        "msn.com",
        "outlook.co.id",
        "outlook.com",
        "pm.me",
        "proton.me",
        "protonmail.com",
        "rocketmail.com",
        "tutanota.com",
        "yahoo.co.id",
        "yahoo.com",
        "yahoo.com.sg",
        "yandex.com",
        "yandex.ru",
        "ymail.com",
        "zoho.com",
    }
)
_GOVERNMENT = "go.id"  # a pool: thousands of offices under one name; units are compared by the tree instead


def domain_of(email: str) -> str:
    """What stands behind the last @, in lower case."""
    return email.rpartition("@")[2].strip().strip(".").casefold()


def is_telling(domain: str) -> bool:
    """Whether an address under this domain says where somebody belongs."""
    government = domain == _GOVERNMENT or domain.endswith(f".{_GOVERNMENT}")
    return "." in domain and not government and domain not in PUBLIC_PROVIDERS


def shared_domain(one: str, other: str) -> str | None:
    """The telling domain two addresses share: the same, or one under the other (`mhs.kampus.ac.id`, `kampus.ac.id`)."""
    a, b = sorted((domain_of(one), domain_of(other)), key=len)
    if is_telling(a) and (a == b or b.endswith(f".{a}")):
        return a
    return None
