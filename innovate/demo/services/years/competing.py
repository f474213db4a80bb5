"""The city's competition of a past year: called, judged in two rounds, announced and archived."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from innovate.demo.domain.marking import draw_severity
from innovate.demo.services import stage
from innovate.demo.services.competition import CHAIR, Competition
from innovate.demo.services.history import Days
from innovate.demo.services.privacy import sign_record
from innovate.demo.services.stage import Outline, World
from innovate.demo.services.years.bulk import judge
from innovate.demo.services.years.writing import Written, write_entries
from innovate.endorsement.domain.quota import Quotas
from innovate.endorsement.services.settings import save_rules
from innovate.events.domain.kinds import PhaseKind
from innovate.events.domain.seal import BoardState
from innovate.results.domain.advance import CutRule
from innovate.results.queries.advance import get_advance
from innovate.results.services.advance import advance_entries

FINALISTS = 6  # of each group
JURORS = (
    "burhanuddin-salim",
    "tigor-marulam",
    "widya-kencanasari",
    "hendrikus-laban",
    "cynthia-wirawan",
    "mahfud-effendy",
)
_ANNOUNCEMENT = 67  # days are counted from the first day of registration
_SPANS = (
    (PhaseKind.REGISTRATION, "Pendaftaran", 0, 29),
    (PhaseKind.SUBMISSION, "Pengajuan Proposal", 0, 29),
    (PhaseKind.SCREENING, "Seleksi Administrasi", 32, 36),
    (PhaseKind.JUDGING, "Penilaian Proposal", 37, 52),
    (PhaseKind.FINAL, "Presentasi dan Wawancara", 62, 63),
    (PhaseKind.ANNOUNCEMENT, "Pengumuman Pemenang", _ANNOUNCEMENT, _ANNOUNCEMENT),
)
_REASON = "Enam teratas di kelompoknya diundang memaparkan inovasi di hadapan juri."
_DESCRIPTION = """\
Kompetisi tahunan bagi inovasi yang **sudah berjalan** di lingkungan Pemerintah Kota Pontianak. Perangkat daerah dan
kecamatan dinilai dalam **Kelompok A**; UPT, puskesmas, dan kelurahan dalam **Kelompok B**.
"""


def begin(world: World, days: Days, rows: Sequence[dict[str, Any]], at: datetime) -> None:
    """Make the draft, and plan everything up to the archive."""
    year = days.first.year
    outline = Outline(
        slug=f"inovasi-kota-{year}",
        name=f"Kompetisi Inovasi Kota Pontianak {year}",
        template="kota",
        tagline="Karya unit kerja yang membuat layanan kota lebih mudah, cepat, dan ramah.",
        description=_DESCRIPTION,
        timetable=[days.span(*values) for values in _SPANS],
        settings={
            "contact": "Sekretariat Kompetisi, Bagian Organisasi, inovasi@pontianak.example",
            "place": "Balai Kota Pontianak",
            "allow_non_asn": True,
        },
    )
    on = stage.found(world, days, outline, at=at)
    # proposals came to the secretariat on paper then; nothing was endorsed here
    save_rules(on.organizer, asks=False, quotas=Quotas(), reason="", at=at + timedelta(minutes=30))
    draw = Random(outline.slug)
    played = Competition(on, draw, [])
    played.invite_committee(at + timedelta(days=1), jurors=JURORS, more={})
    played.plan(days.at(-6, 10), partial(stage.publish, on))
    played.plan(days.at(-5, 9), partial(sign_record, on))
    played.plan(days.at(36, 15), lambda at: _judge_proposals(played, write_entries(on, rows, draw), at))
    _plan_boards(played, days)


def _plan_boards(played: Competition, days: Days) -> None:
    played.plan_boards(
        1,
        (days.at(53, 9), BoardState.PROVISIONAL),
        (days.at(53, 14), BoardState.FROZEN),
        (days.at(53, 16), BoardState.SIGNED),
        (days.at(54, 10), BoardState.ANNOUNCED),
        (days.at(80, 9), BoardState.FINAL),
    )
    played.plan_boards(
        2,
        (days.at(64, 9), BoardState.PROVISIONAL),
        (days.at(65, 13), BoardState.FROZEN),
        (days.at(65, 15), BoardState.SIGNED),
        (days.at(_ANNOUNCEMENT, 10), BoardState.ANNOUNCED),
        (days.at(80, 9, 5), BoardState.FINAL),
    )
    played.plan(days.at(86, 9), partial(stage.archive, played.on))


def _judge_proposals(played: Competition, written: Sequence[Written], at: datetime) -> None:
    judge(played, PhaseKind.JUDGING, written, each=3, at=at + timedelta(days=1))
    played.plan(played.on.days.at(54, 11), lambda at: _judge_finalists(played, written, at))


def _judge_finalists(played: Competition, written: Sequence[Written], at: datetime) -> None:
    rule = CutRule.CRITERIA
    found = get_advance(played.on.event, 1, per_group=FINALISTS, rule=rule)
    by_hand = [idea for cut in found.cuts for idea in list(cut.undecided)[: cut.open_places]]
    advance_entries(
        played.on.organizer,
        1,
        per_group=FINALISTS,
        rule=rule,
        chosen=[found.rows[idea].idea_public_id for idea in by_hand],
        reason=_REASON,
        seen=found.snapshot_id,
        at=at,
    )
    chosen = {idea for cut in found.cuts for idea in cut.advancing} | set(by_hand)
    finalists = [each for each in written if each.idea_id in chosen]
    played.panel.severity = {key: draw_severity(played.draw) for key in (CHAIR, *JURORS)}
    judge(played, PhaseKind.FINAL, finalists, each=len(played.panel.keys), at=played.on.days.at(62, 9))
