"""Which addresses are one person: the same mailbox under another spelling has one vote.

Everybody's: upper case is lower case, and what follows a plus sign is a note of the owner ("budi+lomba@…"). Providers
that read more spellings as one mailbox are listed by name. Only hashes of the result are kept, with the vote's salt.
"""

from __future__ import annotations

import re
import unicodedata
from ipaddress import IPv6Address, ip_address

# Domains of one provider under which a name is one mailbox, by the one that stands for them.
_SAME = {
    "googlemail.com": "gmail.com",
    "me.com": "icloud.com",
    "mac.com": "icloud.com",
    "protonmail.com": "proton.me",
    "pm.me": "proton.me",
}
_IGNORED = {"gmail.com": ".", "proton.me": ".-_"}  # signs a provider does not read
_HYPHEN_TAGS = ("yahoo.com", "yahoo.co.id", "ymail.com", "rocketmail.com")  # "nama-catatan"
# Whoever likes has a mailbox there: that many voters share such a domain says nothing.
PUBLIC_PROVIDERS = frozenset(
    {
        *("gmail.com", "icloud.com", "proton.me", "outlook.com", "outlook.co.id", "hotmail.com", "live.com"),
        *("msn.com", "aol.com", "gmx.com", "mail.com", "zoho.com", *_HYPHEN_TAGS),
    }
)
_DIGITS = re.compile(r"\d+")


def normalise(address: str) -> str:
    """The one spelling that stands for a mailbox. Doing it twice changes nothing more."""
    local, _at, domain = unicodedata.normalize("NFKC", address).strip().casefold().rpartition("@")
    domain = _in_ascii(domain.rstrip("."))
    domain = _SAME.get(domain, domain)
    noteless = bare = local.partition("+")[0] or local
    if domain in _HYPHEN_TAGS:
        bare = bare.partition("-")[0] or bare
    for sign in _IGNORED.get(domain, ""):
        bare = bare.replace(sign, "")
    return f"{bare or noteless}@{domain}"


def _in_ascii(domain: str) -> str:
    """A domain as the network knows it: "bücher.example" and "xn--bcher-kva.example" are one."""
    try:
        return domain.encode("idna").decode()
    except UnicodeError:
        return domain


def domain_of(normalised: str) -> str:
    """What follows the sign."""
    return normalised.rpartition("@")[2]


def stem_of(normalised: str) -> str:
    """The address without the digits that number a series ("warga17@…"); of digits alone, without the last three."""
    local, _at, domain = normalised.rpartition("@")
    return f"{_DIGITS.sub('', local) or local[:-3]}@{domain}"


def network_of(address: str) -> str:
    """A network address as one household or office has it: IPv6 by its first 64 bits; what is none stays as it is."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(IPv6Address(int(found) >> 64 << 64))
    return str(found)
