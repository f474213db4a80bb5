"""The blueprint of surveys. Rooms of their makers stand in an event and on the site, under two addresses each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint
from flask_babel import get_locale

from innovate.accounts.services.erasure import before_erase
from innovate.audit.exports.names import add_names
from innovate.core.web.plumbing import Plumbing
from innovate.learning.routes.panels import Panel, add_panel
from innovate.surveys.queries.surveys import TRAIL_NAMES
from innovate.surveys.routes.panel import load
from innovate.surveys.services.forgetting import forget_person

blueprint = Blueprint("surveys", __name__)
F = TypeVar("F", bound=Callable[..., Any])


def room(path: str = "", methods: tuple[str, ...] = ("GET",), name: str = "") -> Callable[[F], F]:
    """A view for both: `surveys.<name>` within an event (it gets `slug`), `surveys.site_<name>` without."""

    def register(view: F) -> F:
        label = name or view.__name__
        blueprint.add_url_rule(f"/k/<slug>/kelola/survei{path}", label, view, methods=list(methods))
        blueprint.add_url_rule(f"/survei/kelola{path}", f"site_{label}", view, methods=list(methods))
        return view

    return register


def locale() -> str:
    """The reader's language."""
    return str(get_locale() or "id")


def init_app(_plumbing: Plumbing) -> None:
    """Stand on the page of an activity, name surveys in the trail, forget addresses of who is erased."""
    add_panel(Panel("surveys", "surveys/_panel.html", load, order=60))
    add_names(TRAIL_NAMES)
    if forget_person not in before_erase:
        before_erase.append(forget_person)
