"""Which papers there are, when they may be issued, and what became of one."""

from __future__ import annotations

import enum

from innovate.events.domain.seal import BoardState


class PaperKind(enum.StrEnum):
    """What a paper is."""

    MINUTES = "minutes"  # berita acara penilaian
    RECAP = "recap"  # rekapitulasi nilai
    DECREE = "decree"  # keputusan dewan juri
    ANNOUNCEMENT = "announcement"  # pengumuman pemenang
    CERTIFICATE = "certificate"  # piagam and sertifikat
    TRAINING = "training_certificate"  # sertifikat pelatihan with materi and JP
    APPOINTMENT = "appointment"  # keputusan pembentukan dewan juri
    INVITATION = "invitation"  # undangan
    DUTY = "duty"  # surat tugas


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


class Recipients(enum.StrEnum):
    """To whom letters go, and whom lists of attendance name."""

    JURORS = "jurors"
    FINALISTS = "finalists"
    TEAMS = "teams"
    COMMITTEE = "committee"


class Standing(enum.StrEnum):
    """What a paper is worth today."""

    VALID = "valid"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"


CODES = {
    PaperKind.MINUTES: "BA",
    PaperKind.RECAP: "REK",
    PaperKind.DECREE: "KEP",
    PaperKind.ANNOUNCEMENT: "PENG",
    PaperKind.CERTIFICATE: "SERT",
    PaperKind.TRAINING: "SERT",
    PaperKind.APPOINTMENT: "KEP",
    PaperKind.INVITATION: "UND",
    PaperKind.DUTY: "ST",
}
ABOUT_RESULTS = (PaperKind.MINUTES, PaperKind.RECAP, PaperKind.DECREE, PaperKind.ANNOUNCEMENT)
OF_THE_JURY = frozenset({PaperKind.MINUTES, PaperKind.RECAP, PaperKind.DECREE})  # from a frozen board on
OF_A_HOLDER = frozenset({PaperKind.CERTIFICATE, PaperKind.TRAINING})  # the name on them is public
FOR_EVERYBODY = OF_A_HOLDER | {PaperKind.ANNOUNCEMENT}  # no NIP stands on them


def may_issue(kind: PaperKind, state: BoardState) -> bool:
    """Whether a paper about a board may be made: the jury's own from a frozen one, what tells winners once public."""
    if kind in OF_THE_JURY:
        return state.is_settled
    return state.is_public


def standing_of(*, ended: bool, replaced: bool) -> Standing:
    """A paper that was replaced is superseded; one that only ended was revoked."""
    if not ended:
        return Standing.VALID
    return Standing.SUPERSEDED if replaced else Standing.REVOKED
