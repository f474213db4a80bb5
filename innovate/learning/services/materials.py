"""What is handed out: files and links, for everybody or for the enrolled."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.core import storage
from innovate.core.db import db
from innovate.core.errors import NotFound, Refused, require
from innovate.core.withdrawn import withdraw
from innovate.learning import policy
from innovate.learning.domain.materials import Fault, clean_name, inspect, is_link
from innovate.learning.domain.plans import Offer, Sent
from innovate.learning.models import Material
from innovate.learning.policy import Guest
from innovate.learning.queries.activities import get_session
from innovate.learning.queries.materials import get_material, list_materials
from innovate.learning.services.trail import record
from innovate.learning.words import FAULTS

MOST = 40  # of one activity


def add_material(guest: Guest, offer: Offer, *, at: datetime) -> Material:
    """Hand out one more thing."""
    require(policy.can_edit(guest), NotFound())
    require(bool(offer.title.strip()), Refused(_l("Tuliskan nama bahan."), field="title"))
    one = _l("Pilih satu berkas atau tuliskan satu tautan, tidak keduanya.")
    require((offer.file is None) != (not offer.link.strip()), Refused(one, field="file"))
    most = _l("Satu kegiatan memuat paling banyak %(n)s bahan.", n=MOST)
    require(len(list_materials(guest.activity.id)) < MOST, Refused(most))
    session = get_session(guest.activity, offer.session) if offer.session else None
    material = Material(
        activity_id=guest.activity.id,
        session_id=session.id if session else None,
        title=offer.title.strip(),
        is_public=offer.is_public,
        added_by_id=guest.user_id,
        added_at=at,
    )
    if offer.file is None:
        address = _l("Tuliskan alamat lengkap yang dimulai dengan https://.")
        require(is_link(offer.link.strip()), Refused(address, field="link"))
        material.link = offer.link.strip()
    else:
        _keep(material, offer.file)
    db.session.add(material)
    db.session.flush()
    record("activity.material_add", guest, at, after={"title": material.title, "file": material.filename})
    return material


def _keep(material: Material, file: Sent) -> None:
    found = inspect(file.filename, file.content, max_bytes=file.max_bytes)
    if isinstance(found, Fault):
        raise Refused(FAULTS[found], field="file")
    kept = storage.save(file.content)
    material.filename, material.media_type = clean_name(file.filename), found
    material.size, material.sha256, material.storage_key = kept.size, kept.sha256, kept.key


def remove_material(guest: Guest, public_id: str, *, at: datetime) -> Material:
    """Hand it out no longer. Its row and its file stay."""
    require(policy.can_edit(guest), NotFound())
    material = get_material(guest.activity.id, public_id)
    material.removed_at = at
    record("activity.material_remove", guest, at, before={"title": material.title, "file": material.filename})
    withdraw()
    return material
