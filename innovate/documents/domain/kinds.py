"""Which papers there are, when they may be issued, and what became of one."""

from __future__ import annotations

import enum

from innovate.events.domain.seal import BoardState


class PaperKind(enum.StrEnum):
    """What a paper is."""

    MINUTES = "minutes"  # berita acara penilaian
    DECREE = "decree"  # keputusan dewan juri
    ANNOUNCEMENT = "announcement"  # pengumuman pemenang
    CERTIFICATE = "certificate"  # piagam and sertifikat


class Audience(enum.StrEnum):
    """To whom certificates go."""

    WINNERS = "winners"
    FINALISTS = "finalists"
    PARTICIPANTS = "participants"
    JURORS = "jurors"
    ORGANIZERS = "organizers"

    @property
    def tells_results(self) -> bool:
        """Whether holding one says something of the ranking."""
        return self in {Audience.WINNERS, Audience.FINALISTS}


class Standing(enum.StrEnum):
    """What a paper is worth today."""

    VALID = "valid"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"


CODES = {
    PaperKind.MINUTES: "BA",
    PaperKind.DECREE: "KEP",
    PaperKind.ANNOUNCEMENT: "PENG",
    PaperKind.CERTIFICATE: "SERT",
}
ABOUT_RESULTS = (PaperKind.MINUTES, PaperKind.DECREE, PaperKind.ANNOUNCEMENT)


def may_issue(kind: PaperKind, state: BoardState) -> bool:
    """Whether a paper about a board may be made: the jury's own from a frozen one, what tells winners once public."""
    if kind in {PaperKind.MINUTES, PaperKind.DECREE}:
        return state.is_settled
    return state.is_public


def standing_of(*, ended: bool, replaced: bool) -> Standing:
    """A paper that was replaced is superseded; one that only ended was revoked."""
    if not ended:
        return Standing.VALID
    return Standing.SUPERSEDED if replaced else Standing.REVOKED
