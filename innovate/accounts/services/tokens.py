"""Links sent by mail: signed, expiring, and good for one use because they name the state they change."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

from innovate.accounts.models import User

CONFIRM = "confirm"
RESET = "reset"
CHANGE_EMAIL = "change-email"
_LIVES = {CONFIRM: timedelta(days=3), RESET: timedelta(hours=3), CHANGE_EMAIL: timedelta(days=1)}


@dataclass(frozen=True)
class Claim:
    """What a link says: whom it is about, in which state the account was, and perhaps a new address."""

    public_id: str
    stamp: str
    email: str = ""

    def fits(self, user: User) -> bool:
        """Whether the account is still in the state the link was made for."""
        return user.public_id == self.public_id and stamp_of(user) == self.stamp and user.is_active


@dataclass(frozen=True)
class Signer:
    """Makes and reads the tokens in links with the site's secret."""

    secret: str = field(repr=False)

    def make(self, purpose: str, user: User, *, at: datetime, email: str = "") -> str:
        """A token for this account as it is now."""
        expires = int((at + _LIVES[purpose]).timestamp())
        token = self._serializer(purpose).dumps([user.public_id, stamp_of(user), email, expires])
        return str(token)

    def read(self, purpose: str, token: str, *, at: datetime) -> Claim | None:
        """What the token says; None if it is forged, broken or too old."""
        try:
            public_id, stamp, email, expires = self._serializer(purpose).loads(token)
        except (BadData, ValueError, TypeError):
            return None
        if at >= datetime.fromtimestamp(expires, UTC):
            return None
        return Claim(public_id, stamp, email)

    def _serializer(self, purpose: str) -> URLSafeSerializer:
        return URLSafeSerializer(self.secret, salt=f"innovate.accounts.{purpose}")


def stamp_of(user: User) -> str:
    """Changes when the address, its verification or the password changes: that uses up every link sent before."""
    state = f"{user.email}|{user.email_verified_at is not None}|{user.password_hash}"
    return hashlib.sha256(state.encode()).hexdigest()[:24]
