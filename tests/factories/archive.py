"""Saved templates, an archive of past editions, and rounds that verify an index."""

from __future__ import annotations

from typing import Any

from innovate.accounts.models import User
from innovate.editions.models import EditionImport, ImportState, PastEdition, PastEntry, PastPrint
from innovate.events.models import SavedTemplate, TemplateReach, TemplateVersion
from innovate.events.services.template_files import check
from innovate.events.services.template_yaml import read_yaml
from innovate.events.services.templates import read_text
from innovate.scoring.models.indices import RoundIndex
from innovate.scoring.models.rounds import Round
from tests.factories.build import NOW, add

ROWS = [
    [1, ["Edisi", "Tahun", "Judul", "Unit"]],
    [2, ["Lomba Lama", "2023", "PARIT LAMA", "Dinas yang sudah bubar"]],
]


def make_template(owner: User, **values: Any) -> SavedTemplate:
    """A template offered to everybody, with one version."""
    about = {"name": "Templat kami", "description": "Untuk unit.", "reach": TemplateReach.OFFERED} | values
    template = add(SavedTemplate(owner_id=owner.id, created_at=NOW, **about))
    content = check(read_yaml(read_text("empty"))[0])[0]
    made = {"content": content, "made_by_id": owner.id, "made_at": NOW, "origin": "Lomba lama"}
    add(TemplateVersion(template_id=template.id, number=1, **made))
    return template


def make_past(keeper: User, n: int = 1, **values: Any) -> PastEntry:
    """A winner of a public edition, with its import."""
    brought = add(
        EditionImport(
            filename=f"edisi-{n}.xlsx",
            state=ImportState.SAVED,
            uploaded_by_id=keeper.id,
            uploaded_at=NOW,
            saved_at=NOW,
            entries=1,
        )
    )
    edition = add(PastEdition(name=f"Lomba Inovasi {n}", year=2020, is_public=True, created_at=NOW))
    about = {"title": f"PARIT LAMA {n}", "award": "Juara I", "rank": 1, "unit_name": "Dinas Lama"} | values
    entry = add(PastEntry(edition_id=edition.id, import_id=brought.id, **about))
    add(PastPrint(hash=n, entry_id=entry.id))
    return entry


def make_pending(keeper: User) -> EditionImport:
    """A sheet that waits, with a unit nobody knows."""
    columns = {"of": {"0": "edition", "1": "year", "2": "title", "3": "unit"}}
    values = {"filename": "edisi.csv", "rows": ROWS, "columns": columns}
    return add(EditionImport(**values, uploaded_by_id=keeper.id, uploaded_at=NOW))


def make_index(round_: Round) -> RoundIndex:
    """The round verifies an index."""
    bands = [{"name": "Sangat Inovatif", "above": 60}, {"name": "Kurang Inovatif"}]
    return add(RoundIndex(round_id=round_.id, name="Indeks kematangan", bands=bands))
