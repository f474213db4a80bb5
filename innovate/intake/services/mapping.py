"""How an import is to be read: its columns, and words that stand for nothing by themselves."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm.attributes import flag_modified

from innovate.core.db import db, locked
from innovate.core.errors import Refused, require
from innovate.events.policy import Actor
from innovate.intake.domain.columns import IGNORED, SINGLE, criterion_of
from innovate.intake.domain.gather import list_titles
from innovate.intake.domain.plan import Plan
from innovate.intake.domain.planning import make_plan
from innovate.intake.domain.reading import KINDS, SKIPPED, Reading
from innovate.intake.domain.world import World
from innovate.intake.models import ScoreImport
from innovate.intake.queries.imports import as_reading, as_uploads, get_import
from innovate.intake.services.checks import check_clerk, check_pending
from innovate.results.domain.sheets.table import plain_name


def change_reading(
    actor: Actor,
    found: ScoreImport,
    world: World,
    *,
    heads: Mapping[int, int],
    jurors: Mapping[int, int | None],
    columns: Mapping[str, str],
    values: Mapping[str, Mapping[str, str]],
) -> ScoreImport:
    """Keep what was chosen. `heads` and `jurors` are by file; meanings that do not exist are refused."""
    check_clerk(actor)
    locked(ScoreImport, found.id)
    check_pending(actor, found)
    found = get_import(actor.event.id, found.public_id, whole=True)
    strange = Refused(_l("Pilihan ini tidak lagi ada. Muat ulang halaman, lalu pilih lagi."))
    for target in columns.values():
        known = target in (IGNORED, *SINGLE) or criterion_of(target) in world.criteria
        require(known, strange)
    things = {"idea": world.entries, "juror": world.jurors, "criterion": world.criteria}
    for kind, chosen in values.items():
        known_keys = {str(key) for key in things.get(kind, {})} | {SKIPPED, ""}
        require(kind in KINDS and set(chosen.values()) <= known_keys, strange)
    for n, (file, upload) in enumerate(zip(found.files, as_uploads(found), strict=True)):
        numbers = {row[0] for row in upload.rows}
        if n in heads:
            text = _l("%(file)s: tidak ada baris %(n)s yang berisi.", file=file.name, n=heads[n])
            require(heads[n] in numbers, Refused(text, field=f"head-{n}"))
            file.head = heads[n]
        if n in jurors:
            require(jurors[n] is None or jurors[n] in world.jurors, strange)
            file.juror_id = jurors[n]
    before = as_reading(found)
    titles = {plain_name(t) for u in as_uploads(found) for t in list_titles(u) if t}
    kept = {kind: {**before.values.get(kind, {}), **values.get(kind, {})} for kind in KINDS}
    new = Reading(
        {title: columns.get(title, before.columns.get(title, IGNORED)) for title in titles},
        {kind: {words: key for words, key in chosen.items() if key} for kind, chosen in kept.items()},
    )
    found.mapping = new.as_json()
    flag_modified(found, "mapping")
    db.session.flush()
    return found


def plan_import(found: ScoreImport, world: World) -> Plan:
    """What saving a whole import would do now."""
    return make_plan(as_uploads(found), as_reading(found), world)
