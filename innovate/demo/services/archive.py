"""Past editions brought in from a sheet, and a template that its organizer offers."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from innovate.accounts.models import User
from innovate.demo.services.history import ZONE, Days
from innovate.demo.services.material import read_past_editions, read_proposals
from innovate.demo.services.stage import World
from innovate.editions.queries.editions import list_editions
from innovate.editions.services.entries import set_public
from innovate.editions.services.importing import save_import, upload_sheet
from innovate.events.models import TemplateReach
from innovate.events.queries import get_actor
from innovate.events.services.saved_templates import save_event_as_template, set_reach

_SAVED = "seleksi-kipp-kota"


def plan(world: World, today: date) -> None:
    """The archive before the first competition; the template once its competition stands."""
    days = Days(today, ZONE)
    people = world.register.people
    world.history.plan(days.at(-430, 9, 10), partial(_import, people["uray-heriansyah"]))
    world.history.plan(
        days.at(-1, 15, 20), partial(_save_template, people["uray-heriansyah"], people["bayu-pamungkas"])
    )


def _import(keeper: User, at: datetime) -> None:
    """One summary is a paragraph of a later proposal, so that screening has something to show."""
    source = next(row for row in read_proposals("a") if row["key"] == "sipatok")
    paragraph = source["answers"]["ringkasan"].partition("\n")[0]
    sheet = read_past_editions().replace("@SIPATOK", paragraph)
    found = upload_sheet(keeper, "juara-2022-2023.csv", sheet.encode(), at=at)
    save_import(keeper, found, at=at)
    for row in list_editions():
        set_public(keeper, row.edition, shown=True, at=at)


def _save_template(owner: User, admin: User, at: datetime) -> None:
    actor = get_actor(_SAVED, owner)
    about = "Pola seleksi KIPP kota: formulir tujuh bagian, ambang batas 85, dan presentasi tujuh menit."
    saved = save_event_as_template(actor, name="Seleksi KIPP kota", description=about, at=at)
    set_reach(owner, saved, TemplateReach.PROPOSED, at=at)
    set_reach(admin, saved, TemplateReach.OFFERED, at=at)
