"""Links to one form of one asking for one person: signed, and good while the form is open."""

from __future__ import annotations

from dataclasses import dataclass, field

from itsdangerous import BadData, URLSafeSerializer


@dataclass(frozen=True)
class Links:
    """Makes and reads them with the site's secret. When the form closes is a matter of the asking itself."""

    secret: str = field(repr=False)

    def make(self, followup_id: str, user_id: str) -> str:
        """The token for these public ids."""
        return str(self._serializer().dumps([followup_id, user_id]))

    def read(self, token: str) -> tuple[str, str] | None:
        """Public ids of the asking and the person; None if it is forged or broken."""
        try:
            followup_id, user_id = self._serializer().loads(token)
        except (BadData, ValueError, TypeError):
            return None
        return str(followup_id), str(user_id)

    def path(self, followup_id: str, user_id: str) -> str:
        """The address of the form."""
        return f"/dampak/tindak-lanjut/{self.make(followup_id, user_id)}"

    def _serializer(self) -> URLSafeSerializer:
        return URLSafeSerializer(self.secret, salt="innovate.impact.followup")
