"""The city's papers: from the decree that names the jury to the certificates of winners and jurors."""

from __future__ import annotations

import io
from contextlib import nullcontext
from datetime import datetime, timedelta

from innovate.demo.services.competition import Competition
from innovate.documents.domain.kinds import ABOUT_RESULTS, Audience, PaperKind, Recipients
from innovate.documents.domain.sessions import Asked, Session
from innovate.documents.domain.texts import Text
from innovate.documents.queries.papers import SETTING, list_documents, subject_of
from innovate.documents.queries.settings import read_settings
from innovate.documents.queries.texts import read_wording
from innovate.documents.services.certificates import issue_missing
from innovate.documents.services.correspondence import draft_letters, issue_appointment
from innovate.documents.services.ending import reissue_paper, revoke_paper
from innovate.documents.services.issuing import issue_paper
from innovate.documents.services.logos import save_logo
from innovate.documents.services.numbered import hold_numbers, issue_new
from innovate.documents.services.setting import set_papers
from innovate.documents.services.settings import FIELDS, save_settings
from innovate.documents.services.texts import save_text
from innovate.events.policy import Actor
from innovate.tasks.queries import list_tasks
from innovate.tasks.services import run_here

SITE = "https://inovasi.pontianak.example"
PLACE = "Aula Rohana Muthalib, Balai Kota Pontianak"
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
    save_logo(actor, _draw_logo(), at=at)
    _write_invitation(actor, at)
    issue_appointment(actor, site=SITE, at=at)
    day = at.date() - timedelta(days=5)  # when the finalists presented
    session = Session("Presentasi dan Wawancara Finalis", day, day + timedelta(days=1), PLACE, "08:30")
    for kind, each in ((PaperKind.INVITATION, False), (PaperKind.DUTY, True)):
        asked = Asked(kind, Recipients.FINALISTS, session, each=each, with_nip=each)
        hold_numbers(event)
        drafts = draft_letters(event, asked, at=at)
        issue_new(event, drafts, site=SITE, actor_id=actor.user_id, at=at)
    for kind in ABOUT_RESULTS:
        issue_paper(actor, kind, _FINAL, site=SITE, at=at)
    for audience in (Audience.WINNERS, Audience.JURORS):
        issue_missing(event, audience, site=SITE, actor_id=actor.user_id, at=at)
    _revoke_by_mistake(actor, at)
    set_papers(event.id, _tell_nobody, nullcontext, at=at)
    for task in list_tasks(SETTING, subject_of(event.id), whole=True):
        run_here(task, at=at)


def _revoke_by_mistake(actor: Actor, at: datetime) -> None:
    """The certificate of one juror was revoked and issued again."""
    row = list_documents(actor.event.id, kind=PaperKind.CERTIFICATE).items[0]  # the newest: a juror's
    slip = "Dicabut karena dikira berganda dengan sertifikat juri lain."
    revoke_paper(actor, row.public_id, reason=slip, at=at)
    again = "Pencabutannya keliru: sertifikat ini tidak berganda."
    reissue_paper(actor, row.public_id, reason=again, site=SITE, at=at)


def _write_invitation(actor: Actor, at: datetime) -> None:
    """The committee has its own words for invitations."""
    own = dict(read_wording(actor.event.id, Text.INVITATION).parts)
    own["closing"] = (
        "Peserta hadir tiga puluh menit sebelum gilirannya dan membawa berkas paparan.\n" + own["closing"]
    )
    save_text(actor, Text.INVITATION, own, [], based_on=0, at=at)


def _draw_logo() -> bytes:
    """An invented emblem: a shield with a sun over water."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGBA", (300, 380))
    draw = ImageDraw.Draw(picture)
    draw.polygon(
        [(10, 10), (290, 10), (290, 250), (150, 370), (10, 250)], fill="#146e5a", outline="#b98a1d", width=10
    )
    draw.ellipse([95, 70, 205, 180], fill="#e6be3c")
    for height in (215, 250):
        draw.line([(55, height), (150, height + 18), (245, height)], fill="#ffffff", width=12)
    drawn = io.BytesIO()
    picture.save(drawn, "PNG")
    return drawn.getvalue()


def _tell_nobody(_done: int, _total: int, _stage: str = "") -> None:
    pass
