"""What is kept of a voter: keyed hashes with the salt of the vote, and the mail domain. The address itself never."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from innovate.accounts.domain.limits import Place, fingerprint
from innovate.voting.domain.addresses import domain_of, network_of, normalise, stem_of


@dataclass(frozen=True)
class Sender:
    """Who is there: the address as typed, the network they come from, and the site's secret for hashing both."""

    address: str
    network: str
    secret: str = field(repr=False)

    def marks(self, salt: str) -> Marks:
        """The voter's marks in the vote of this salt."""
        mailbox = normalise(self.address)
        return Marks(
            fingerprint(self.secret, f"{salt} voter", mailbox),
            fingerprint(self.secret, f"{salt} network", network_of(self.network)),
            domain_of(mailbox),
            fingerprint(self.secret, f"{salt} stem", stem_of(mailbox)),
        )

    @property
    def place(self) -> Place:
        """The mailbox as the limit on mails knows it: one for all votes, never the network."""
        return Place(fingerprint(self.secret, "account", normalise(self.address)), "")


@dataclass(frozen=True)
class Marks:
    """One person (`voter`), where they came from, and what their address shares with others."""

    voter: str
    network: str
    domain: str
    stem: str


def hash_token(token: str) -> str:
    """How the key in a link is kept."""
    return hashlib.sha256(token.encode()).hexdigest()
