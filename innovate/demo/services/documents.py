"""The city's papers after the announcement: minutes, decree, announcement, and certificates of winners and jurors."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import datetime

from innovate.demo.services.competition import Competition
from innovate.documents.domain.kinds import ABOUT_RESULTS, Audience
from innovate.documents.queries.papers import SETTING, subject_of
from innovate.documents.queries.settings import read_settings
from innovate.documents.services.certificates import issue_missing
from innovate.documents.services.issuing import issue_paper
from innovate.documents.services.setting import set_papers
from innovate.documents.services.settings import FIELDS, save_settings
from innovate.tasks.queries import list_tasks
from innovate.tasks.services import run_here

SITE = "https://inovasi.pontianak.example"
_FINAL = 2  # the number of the final's board
_HEAD = {
    "institution": "Sekretariat Daerah, Bagian Organisasi",
    "address": "Jalan Rahadi Usman Nomor 3, Pontianak 78111, telepon (0561) 733041",
    "copies": "Wali Kota Pontianak (sebagai laporan)\nInspektur Kota Pontianak",
}


def issue_papers(played: Competition, at: datetime) -> None:
    """Issue everything and set it at once, in the transaction of the story."""
    actor = played.on.organizer
    event = actor.event
    values = {name: getattr(read_settings(event), name) for name in FIELDS} | _HEAD
    save_settings(actor, values, at=at)
    for kind in ABOUT_RESULTS:
        issue_paper(actor, kind, _FINAL, site=SITE, at=at)
    for audience in (Audience.WINNERS, Audience.JURORS):
        issue_missing(event, audience, site=SITE, actor_id=actor.user_id, at=at)
    set_papers(event.id, _tell_nobody, nullcontext, at=at)
    for task in list_tasks(SETTING, subject_of(event.id), whole=True):
        run_here(task, at=at)


def _tell_nobody(_done: int, _total: int, _stage: str = "") -> None:
    pass
