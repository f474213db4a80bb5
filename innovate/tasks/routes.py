"""Watching long work."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask import Blueprint, Flask, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from innovate.audit.exports.names import add_names
from innovate.core import clock
from innovate.core.errors import DomainError, NotFound, require
from innovate.core.web.plumbing import Plumbing
from innovate.tasks import services
from innovate.tasks.domain.leases import waits_long
from innovate.tasks.models import Task, TaskState
from innovate.tasks.queries import get_task, map_kinds

blueprint = Blueprint("tasks", __name__, url_prefix="/pekerjaan")


def init_app(plumbing: Plumbing) -> None:
    """Give templates what the progress macro needs, and the trail the titles of work."""
    add_names({"task": _name_tasks})
    app: Flask = plumbing.app
    app.jinja_env.globals.update(task_words=describe, task_title=lambda task: services.kinds[task.kind].title)


def _name_tasks(keys: Collection[str]) -> dict[str, str]:
    titles = {name: str(kind.title) for name, kind in services.kinds.items()}
    return {key: titles.get(kind, kind) for key, kind in map_kinds(keys).items()}


def describe(task: Task) -> str:
    """What is happening to a task, in words."""
    if task.state is TaskState.QUEUED:
        if waits_long(task.created_at, clock.now()):
            return _(
                "Belum diambil. Pelaksana pekerjaan latar mungkin tidak berjalan; hubungi pengelola situs."
            )
        return _("Menunggu giliran")
    if task.state is TaskState.RUNNING:
        words = services.kinds[task.kind].stages.get(task.stage)
        return str(words) if words else _("Sedang dikerjakan")
    if task.state is TaskState.FAILED:
        return task.error
    return _("Dibatalkan") if task.state is TaskState.CANCELLED else _("Selesai")


def _load(public_id: str) -> Task:
    task = get_task(public_id)
    require(services.can_handle(current_user.id, task), NotFound())
    return task


@blueprint.get("/<public_id>")
def show(public_id: str) -> ResponseReturnValue:
    """How far it is, and the way to its result."""
    task = _load(public_id)
    return render_template("tasks/show.html", task=task, place=_place(task))


@blueprint.get("/<public_id>/keadaan")
def state(public_id: str) -> ResponseReturnValue:
    """The same for the script that watches."""
    task = _load(public_id)
    values: dict[str, Any] = {"state": task.state.value, "done": task.done, "total": task.total}
    return jsonify(**values, words=describe(task), over=task.state.is_over)


@blueprint.post("/<public_id>/batal")
def cancel(public_id: str) -> ResponseReturnValue:
    """Stop it."""
    task = _load(public_id)
    try:
        services.cancel_task(current_user.id, task, at=clock.now())
        flash(_("Pekerjaan dibatalkan."), "success")
    except DomainError as error:
        flash(str(error.message), "error")
    return redirect(_place(task) or url_for("tasks.show", public_id=public_id))


def _place(task: Task) -> str:
    place = services.kinds[task.kind].place
    if place is None:
        return ""
    endpoint, values = place(task)
    return url_for(endpoint, **values)
