"""Visits as rows, and pictures with what a camera writes beside them."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

from PIL import Image

from innovate.accounts.models import User
from innovate.core import storage
from innovate.core.db import db
from innovate.ideas.models import Idea
from innovate.visits.domain.states import VisitState
from innovate.visits.models import Visit, VisitItem, Visitor, VisitPhoto
from innovate.visits.queries.visits import lock_visit
from tests.factories.build import NOW, add

GPS, MODEL = 0x8825, 0x0110


def make_visit(idea: Idea, planner: User, *visitors: User, **values: Any) -> Visit:
    """A visit tomorrow at nine in the event's zone, with an unanswered checklist of two points."""
    event_id = idea.event_id
    if not db.session.query(VisitItem).filter_by(event_id=event_id).count():
        for position, label in enumerate(("Inovasi digunakan", "Bukti dukung sesuai")):
            add(VisitItem(event_id=event_id, label=label, position=position))
    starts = NOW + timedelta(days=1)
    about = {"starts_at": starts, "ends_at": starts + timedelta(hours=2), "place": "Kantor Lurah Mariana"}
    by = {"planned_by_id": planner.id, "planned_at": NOW, "changed_at": NOW}
    if values.get("state") is VisitState.FINISHED:
        by |= {"finished_at": NOW, "finished_by_id": planner.id, "conclusion": "Benar dipakai."}
    visit = add(Visit(event_id=event_id, idea_id=idea.id, **{**about, **by, **values}))
    for position, user in enumerate(visitors or (planner,)):
        add(Visitor(visit_id=visit.id, user_id=user.id, position=position))
    return lock_visit(visit.id)


def make_visit_photo(visit: Visit, by: User, **values: Any) -> VisitPhoto:
    """A photo that was drawn anew."""
    stored = storage.save(picture())
    kept = {
        "storage_key": stored.key,
        "size": stored.size,
        "sha256": stored.sha256,
        "width": 40,
        "height": 30,
    }
    about = {"filename": "parit.jpg", "caption": "Alat ukur di parit", "uploaded_at": NOW}
    return add(VisitPhoto(visit_id=visit.id, uploaded_by_id=by.id, **{**about, **kept, **values}))


def picture(kind: str = "JPEG", *, turned: int = 1, size: tuple[int, int] = (40, 30)) -> bytes:
    """A small picture that says where it was taken, with what, and which way up."""
    exif = Image.Exif()
    exif[MODEL], exif[0x0112] = "Kamera Rahasia 9", turned
    exif[GPS] = {1: "S", 2: (0.0, 1.0, 30.0), 3: "E", 4: (109.0, 20.0, 0.0)}
    out = io.BytesIO()
    Image.new("RGB", size, (20, 120, 110)).save(out, kind, exif=exif.tobytes())
    return out.getvalue()
