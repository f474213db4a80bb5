"""Field visits of the city: two finalists seen where they work, and one more visit to come."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from innovate.demo.services.competition import SECRETARIAT, Competition
from innovate.demo.services.entries import Entry
from innovate.demo.services.pictures import draw_place
from innovate.ideas.queries.ideas import get_idea
from innovate.visits.domain.records import Findings, Plan
from innovate.visits.domain.states import Verdict, VisitEffect
from innovate.visits.queries.items import list_items
from innovate.visits.queries.people import list_candidates
from innovate.visits.queries.visits import get_visit
from innovate.visits.services.photos import Picture, add_photo
from innovate.visits.services.planning import plan_visit
from innovate.visits.services.recording import finish_visit, share_visit

_HOUR = timedelta(hours=1)
_MESSAGE = "Mohon siapkan buku register asli, SOP, dan dua penerima manfaat yang bersedia diwawancarai."
_FINDINGS = (
    "Pukul 09.10 petugas memperagakan layanan dari awal sampai akhir pada dua warga yang sedang datang. Register tiga "
    "bulan terakhir dicocokkan dengan angka di proposal: selisih dua orang karena salah jumlah, bukan salah catat."
)
_NOTE = "Baru dipakai penuh di satu dari tiga lokasi yang disebut; dua lokasi lain mulai bulan depan menurut jadwal."
_SHARED = (
    "Terima kasih atas penerimaan di lokasi. Bukti dukung sesuai. Mohon lengkapi SOP untuk hari petugas cuti, dan "
    "cantumkan tanggal pengambilan data pada setiap angka capaian."
)
_CONCLUSIONS = (
    "Inovasi benar dipakai dan bukti dukungnya sesuai. Keberlanjutan didukung anggaran tahun depan.",
    "Inovasi dipakai di satu lokasi; perluasannya terjadwal tetapi belum berjalan.",
)


def plan_visits(played: Competition, chosen: list[Entry], first: datetime, ahead: datetime) -> None:
    """Two visits on two mornings from `first` on, and one at `ahead`, after the demo is loaded."""
    for nth, entry in enumerate((chosen[0], chosen[len(chosen) // 2])):
        begins = first + timedelta(days=nth)
        played.plan(begins - timedelta(days=2), partial(_plan, played, entry, begins, nth))
    played.plan(played.on.world.history.until - 5 * _HOUR, partial(_plan, played, chosen[1], ahead, 2))


def _plan(played: Competition, entry: Entry, begins: datetime, nth: int, at: datetime) -> None:
    actor = played.on.actor(SECRETARIAT)
    idea = get_idea(actor.event.id, entry.begun.public_id)
    free = {user.id: user.public_id for user in list_candidates(actor.event, idea.id)}
    jurors = [played.on.actor(key).user_id for key in played.panel.keys]
    people = [free[actor.user_id], *(free[juror] for juror in jurors if juror in free)]
    place = idea.unit.name if idea.unit else idea.team.name
    plan = Plan(begins, begins + 2 * _HOUR, place, people[:2], _MESSAGE)
    visit = plan_visit(actor, idea, plan, at=at)
    if nth < len(_CONCLUSIONS):
        played.plan(begins + 2 * _HOUR, partial(_finish, played, visit.public_id, nth))


def _finish(played: Competition, public_id: str, nth: int, at: datetime) -> None:
    actor = played.on.actor(SECRETARIAT)
    visit = get_visit(actor.event.id, public_id)
    for caption in ("Tempat layanan dari seberang parit", "Ruang tunggu dan loket")[: 2 - nth]:
        drawn = draw_place(f"{nth} {caption}")
        add_photo(actor, visit, Picture("lokasi.jpg", drawn, 10**7), caption=caption, at=at)
    verdicts = [Verdict.MET] * 6
    verdicts[5 - nth] = Verdict.PARTLY
    items = list_items(actor.event.id)
    notes = {item.public_id: (verdict, "") for item, verdict in zip(items, verdicts, strict=False)}
    effect = VisitEffect.NOTE if nth else VisitEffect.NONE
    found = Findings(visit.version, notes, _FINDINGS, _CONCLUSIONS[nth], effect, _NOTE if nth else "")
    finish_visit(actor, visit, found, at=at)
    if not nth:
        share_visit(played.on.organizer, visit, text=_SHARED, at=at + _HOUR)
