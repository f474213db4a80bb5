"""What a juror did and said."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.accounts.services.personal_data import Row, Source, add_source
from innovate.calibration.models import Practice, PracticeSheet
from innovate.core.db import db
from innovate.deliberation.models import DeliberationNote, SignOff
from innovate.events.models import Event
from innovate.ideas.models import Idea
from innovate.intake.models import ImportFile
from innovate.pairwise.models import Contest, ContestEntry, ContestJuror, Step
from innovate.paper.models import PaperEntry, PaperSheet
from innovate.privacy.queries.sources.rows import plain, source
from innovate.results.models import BoardSignOff
from innovate.scoring.models.ballots import Ballot, BallotScore
from innovate.scoring.models.integrity import Dismissal, PactSignature, PactText
from innovate.scoring.models.jury import Assignment, Conflict, Juror
from innovate.scoring.models.late import LateBallot
from innovate.scoring.models.reading import ReadingNote
from innovate.scoring.models.receipts import BallotReceipt
from innovate.scoring.models.rounds import Criterion, RoundJuror

_ENTRY: dict[str, Any] = {"nomor_karya": Idea.number, "karya": Idea.title}


def connect() -> None:
    """Register them."""
    for each in SOURCES:
        add_source(each)


def _list_ballots(user_id: int) -> list[Row]:
    query = select(Ballot, Idea.title, Idea.number).join(Idea, Idea.id == Ballot.idea_id)
    ballots = db.session.execute(query.where(Ballot.user_id == user_id).order_by(Ballot.id)).all()
    marks = select(BallotScore, Criterion.name).join(Criterion, Criterion.id == BallotScore.criterion_id)
    marks = marks.join(Ballot, Ballot.id == BallotScore.ballot_id).where(Ballot.user_id == user_id)
    given: dict[int, list[dict[str, Any]]] = {}
    for score, name in db.session.execute(marks.order_by(BallotScore.ballot_id, Criterion.position)):
        value = {
            "kriteria": name,
            "nilai": plain(score.value),
            "catatan_tim": score.comment,
            "catatan_juri": score.comment_internal,
        }
        given.setdefault(score.ballot_id, []).append(value)
    return [
        {
            "karya": title,
            "nomor_karya": number,
            "keadaan": plain(row.state),
            "jumlah": row.total,
            "nilai": given.get(row.id, []),
            "catatan_tim": row.comment_team,
            "catatan_juri": row.comment_internal,
            "dimulai": plain(row.created_at),
            "diubah": plain(row.updated_at),
            "diajukan": plain(row.submitted_at),
        }
        for row, title, number in ballots
    ]


def _list_notes(user_id: int) -> list[Row]:
    query = select(ReadingNote, Idea.title).join(Assignment, Assignment.id == ReadingNote.assignment_id)
    query = query.join(Idea, Idea.id == Assignment.idea_id).where(Assignment.user_id == user_id)
    return [
        {"karya": title, "catatan": note.text, "diubah": plain(note.updated_at)}
        for note, title in db.session.execute(query.order_by(ReadingNote.assignment_id))
    ]


def _list_rounds(user_id: int) -> list[Row]:
    query = select(RoundJuror.round_id).where(RoundJuror.user_id == user_id).order_by(RoundJuror.round_id)
    return [{"babak": key} for key in db.session.scalars(query)]


SOURCES = (
    source(
        "juri",
        _l("Data juri"),
        Juror.user_id,
        {
            "kompetisi": Event.name,
            "kuota": Juror.capacity,
            "keahlian": Juror.expertise,
            "kata_kunci": Juror.keywords,
            "terakhir_bekerja": Juror.last_seen_at,
        },
        (Event, Event.id == Juror.event_id),
    ),
    Source("juri_babak", _l("Babak yang Anda nilai"), _list_rounds, ("round_jurors.user_id",)),
    source(
        "penugasan",
        _l("Penugasan juri"),
        Assignment.user_id,
        {
            **_ENTRY,
            "keadaan": Assignment.state,
            "alasan": Assignment.reason,
            "ditugaskan": Assignment.created_at,
            "menyatakan_bebas_benturan": Assignment.cleared_at,
            "berakhir": Assignment.ended_at,
        },
        (Idea, Idea.id == Assignment.idea_id),
    ),
    source(
        "pakta",
        _l("Pakta integritas"),
        PactSignature.user_id,
        {
            "nama": PactSignature.name,
            "jabatan": PactSignature.position,
            "waktu": PactSignature.at,
            "naskah": PactText.body,
        },
        (PactText, PactText.id == PactSignature.text_id),
    ),
    source(
        "benturan",
        _l("Pernyataan benturan kepentingan"),
        Conflict.user_id,
        {
            **_ENTRY,
            "sumber": Conflict.source,
            "alasan": Conflict.reason,
            "waktu": Conflict.at,
            "dikesampingkan": Conflict.ended_at,
        },
        (Idea, Idea.id == Conflict.idea_id),
    ),
    source(
        "benturan_gugur",
        _l("Benturan yang dikesampingkan"),
        Dismissal.user_id,
        {
            **_ENTRY,
            "sebab": Dismissal.reason,
            "diusulkan": Dismissal.proposed_at,
            "alasan": Dismissal.proposed_reason,
            "dipastikan": Dismissal.confirmed_at,
            "berakhir": Dismissal.ended_at,
        },
        (Idea, Idea.id == Dismissal.idea_id),
    ),
    Source("nilai", _l("Nilai yang Anda berikan"), _list_ballots, ("ballots.user_id",)),
    source(
        "tanda_terima",
        _l("Tanda terima nilai"),
        BallotReceipt.user_id,
        {
            "jumlah": BallotReceipt.total,
            "isi": BallotReceipt.content,
            "sidik": BallotReceipt.digest,
            "waktu": BallotReceipt.at,
        },
    ),
    source(
        "nilai_terlambat",
        _l("Nilai yang datang terlambat"),
        LateBallot.user_id,
        {
            "isi": LateBallot.content,
            "ditulis": LateBallot.written_at,
            "tiba": LateBallot.arrived_at,
            "keadaan": LateBallot.state,
            "alasan": LateBallot.decided_reason,
        },
    ),
    Source("catatan_baca", _l("Catatan baca pribadi"), _list_notes),
    source(
        "latihan",
        _l("Nilai latihan"),
        PracticeSheet.user_id,
        {
            "karya": Practice.title,
            "nilai": PracticeSheet.values,
            "catatan": PracticeSheet.comment,
            "jumlah": PracticeSheet.total,
            "diajukan": PracticeSheet.submitted_at,
        },
        (Practice, Practice.id == PracticeSheet.practice_id),
    ),
    source(
        "banding_juri",
        _l("Keikutsertaan dalam banding berpasangan"),
        ContestJuror.user_id,
        {"banding": Contest.name, "dilepas": ContestJuror.removed_at},
        (Contest, Contest.id == ContestJuror.contest_id),
    ),
    source(
        "banding",
        _l("Pilihan dalam banding berpasangan"),
        Step.user_id,
        {"jenis": Step.kind, "dipilih": Idea.title, "waktu": Step.at, "dibatalkan": Step.undone_at},
        (ContestEntry, ContestEntry.id == Step.better_id),
        (Idea, Idea.id == ContestEntry.idea_id),
    ),
    source(
        "lembar_kertas",
        _l("Lembar kertas Anda"),
        PaperSheet.user_id,
        {
            "kode": PaperSheet.code,
            "keadaan": PaperSheet.state,
            "dicetak": PaperSheet.printed_at,
            "keberatan": PaperSheet.objection,
            "jawaban": PaperSheet.answer,
        },
    ),
    source(
        "ketikan_kertas",
        _l("Lembar yang Anda ketik"),
        PaperEntry.user_id,
        {"waktu": PaperEntry.at, "alasan": PaperEntry.reason, "dibatalkan": PaperEntry.undone_at},
    ),
    source(
        "lembar_kerja",
        _l("Lembar kerja nilai atas nama Anda"),
        ImportFile.juror_id,
        {"nama_berkas": ImportFile.name, "ukuran": ImportFile.size},
    ),
    source(
        "catatan_sidang",
        _l("Catatan sidang juri"),
        DeliberationNote.author_id,
        {**_ENTRY, "catatan": DeliberationNote.text, "waktu": DeliberationNote.at},
        (Idea, Idea.id == DeliberationNote.idea_id),
    ),
    source(
        "pengesahan_juri",
        _l("Persetujuan hasil sidang"),
        SignOff.user_id,
        {"waktu": SignOff.at, "sidik": SignOff.stamp},
    ),
    source(
        "pengesahan_hasil",
        _l("Pengesahan hasil"),
        BoardSignOff.user_id,
        {
            "sidik": BoardSignOff.sha256,
            "sebagai_ketua": BoardSignOff.is_chair,
            "alasan": BoardSignOff.reason,
            "waktu": BoardSignOff.at,
            "ditarik": BoardSignOff.withdrawn_at,
        },
    ),
)
