"""The texts of papers that an organizer may write anew: which parts each has and which placeholders it knows."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from innovate.documents.domain.house import letters, results, statements
from innovate.documents.domain.kinds import Audience, PaperKind


class Text(enum.StrEnum):
    """What is written for one kind of paper."""

    APPOINTMENT = "appointment"
    INVITATION = "invitation"
    DUTY = "duty"
    ATTENDANCE = "attendance"
    PACT_JUROR = "pact_juror"
    PACT_PARTICIPANT = "pact_participant"
    PACT_COMMITTEE = "pact_committee"
    ORIGINALITY = "originality"
    ENDORSEMENT = "endorsement"
    SCORES = "scores"
    MINUTES = "minutes"
    RECAP = "recap"
    DECREE = "decree"
    ANNOUNCEMENT = "announcement"
    AWARD = "award"
    CERTIFICATE = "certificate"
    TRAINING = "training"


STATEMENTS = (
    Text.PACT_JUROR,
    Text.PACT_PARTICIPANT,
    Text.PACT_COMMITTEE,
    Text.ORIGINALITY,
    Text.ENDORSEMENT,
)
OF_ENTRIES = (Text.PACT_PARTICIPANT, Text.ORIGINALITY, Text.ENDORSEMENT)
LONGEST_LINE = 240  # characters of a part that is one line
LONGEST = 6_000  # of any other part
MOST_LINES = 40
MOST_SIGNERS = 3
PREFIXES = ("", "Plt.", "Plh.", "Pj.", "a.n.")
ONE_LINE = frozenset({"title", "about", "pattern"})
PARTS = ("title", "about", "considering", "recalling", "opening", "clauses", "closing", "copies", "pattern")

_COMMON = (
    "nama_kegiatan",
    "penyelenggara",
    "tempat_penetapan",
    "tahun",
    "tanggal",
    "tanggal_panjang",
    "tanggal_angka",
    "tanggal_terbilang",
)
_ROUND = ("babak", "tempat_kegiatan", "berita_acara", "ketua_juri")
_SESSION = ("acara", "hari_tanggal", "waktu", "tempat_acara")
_PERSON = ("nama", "jabatan", "unit_kerja")
_ENTRY = ("nama_tim", "judul", "unit_kerja")


@dataclass(frozen=True)
class Form:
    """A text's own parts, the placeholders it knows beside the common ones, and the house's words for it."""

    parts: tuple[str, ...]
    own: tuple[str, ...]
    house: Mapping[str, str]
    kind: PaperKind | None = None  # what is issued from it; None for sheets without a number

    @property
    def blanks(self) -> tuple[str, ...]:
        """Every placeholder it knows."""
        return (*dict.fromkeys((*_COMMON, *self.own)),)

    @property
    def has_signers(self) -> bool:
        """Whether officials sign it; declarations are signed by whom they name."""
        return self.kind is not None

    @property
    def editable(self) -> tuple[str, ...]:
        """The parts on its form in their order; papers that are issued have copies and a number too."""
        return self.parts + (() if self.kind is None else ("copies", "pattern"))


_LETTER = ("title", "about", "opening", "closing")
_DECREE = ("title", "about", "considering", "recalling", "clauses")
_STATEMENT = ("title", "about", "opening", "clauses", "closing")
FORMS: Mapping[Text, Form] = {
    Text.APPOINTMENT: Form(_DECREE, ("jumlah_juri",), letters.APPOINTMENT, PaperKind.APPOINTMENT),
    Text.INVITATION: Form(_LETTER, (*_SESSION, "penerima"), letters.INVITATION, PaperKind.INVITATION),
    Text.DUTY: Form(
        ("title", "recalling", "clauses", "closing"),
        ("acara", "hari_tanggal", "tempat_acara", *_ENTRY),
        letters.DUTY,
        PaperKind.DUTY,
    ),
    Text.ATTENDANCE: Form(("title", "about"), _SESSION, letters.ATTENDANCE),
    Text.PACT_JUROR: Form(("title", "about", "closing"), _PERSON, statements.PACT_JUROR),
    Text.PACT_PARTICIPANT: Form(_STATEMENT, (*_PERSON, *_ENTRY), statements.PACT_PARTICIPANT),
    Text.PACT_COMMITTEE: Form(_STATEMENT, _PERSON, statements.PACT_COMMITTEE),
    Text.ORIGINALITY: Form(_STATEMENT, (*_PERSON, *_ENTRY), statements.ORIGINALITY),
    Text.ENDORSEMENT: Form(_STATEMENT, (*_PERSON, *_ENTRY), statements.ENDORSEMENT),
    Text.SCORES: Form(("title", "about", "closing"), ("babak",), results.SCORES),
    Text.MINUTES: Form(_LETTER, _ROUND, results.MINUTES, PaperKind.MINUTES),
    Text.RECAP: Form(_LETTER, _ROUND, results.RECAP, PaperKind.RECAP),
    Text.DECREE: Form(_DECREE, _ROUND, results.DECREE, PaperKind.DECREE),
    Text.ANNOUNCEMENT: Form(
        _LETTER, (*_ROUND, "batas_sanggah"), results.ANNOUNCEMENT, PaperKind.ANNOUNCEMENT
    ),
    Text.AWARD: Form(
        ("title", "opening", "closing"),
        ("nama", "unit_kerja", "sebagai", "karya"),
        results.AWARD,
        PaperKind.CERTIFICATE,
    ),
    Text.CERTIFICATE: Form(
        ("title", "opening", "closing"),
        ("nama", "unit_kerja", "sebagai", "karya"),
        results.CERTIFICATE,
        PaperKind.CERTIFICATE,
    ),
    Text.TRAINING: Form(
        ("title", "opening", "closing"),
        (
            "nama",
            "unit_kerja",
            "jenis_pelatihan",
            "pelatihan",
            "penyelenggara_pelatihan",
            "tanggal_pelatihan",
            "jp",
        ),
        results.TRAINING,
        PaperKind.TRAINING,
    ),
}


def text_for(kind: PaperKind, audience: Audience | None = None) -> Text:
    """Which text a paper is made from."""
    if kind is PaperKind.CERTIFICATE:
        return Text.AWARD if audience is Audience.WINNERS else Text.CERTIFICATE
    return Text.TRAINING if kind is PaperKind.TRAINING else Text(kind.value)
