"""Opening a competition in four steps. What was answered waits in the signed session until the last one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import DomainError, NotFound, require
from innovate.events import policy, queries
from innovate.events.domain.naming import free_name, slugify
from innovate.events.domain.template import Template, Timespan, propose_timetable, shift_timetable
from innovate.events.forms.general import IdentityForm
from innovate.events.forms.timetable import planning_fields, timetable_form
from innovate.events.guard import signed_in_user
from innovate.events.policy import Actor
from innovate.events.routes.mount import blueprint
from innovate.events.services import creation
from innovate.events.services.saved_templates import find_usable
from innovate.events.services.templates import load_templates

_KEY = "new_event"
_LEAD_DAYS = 14  # a proposed first day leaves time to prepare


@blueprint.get("/kompetisi/baru")
def choose() -> ResponseReturnValue:
    """Step 1: a template, or an earlier competition to copy."""
    user = _creator()
    earlier = queries.list_manageable(user)
    return render_template(
        "events/wizard/choose.html",
        offered=load_templates().values(),
        saved=queries.list_templates(user),
        earlier=earlier,
    )


@blueprint.route("/kompetisi/baru/identitas", methods=["GET", "POST"])
def identify() -> ResponseReturnValue:
    """Step 2: name, address, host."""
    _creator()
    origin = _chosen_origin()
    form = IdentityForm(data=_proposed_identity(origin))
    if form.validate_on_submit():
        slug = form.slug.data or _free_slug(form.name.data)
        if not slug or queries.is_slug_taken(slug):
            form.slug.errors = [*form.slug.errors, _("Alamat ini sudah dipakai kompetisi lain.")]
        else:
            answers = {"tagline": form.tagline.data, "host": form.host.data, "zone": form.zone.data}
            mine = {"owner": _creator().public_id, "name": form.name.data, "slug": slug}
            session[_KEY] = {**origin, **answers, **mine}
            return redirect(url_for("events.schedule"))
    return render_template("events/wizard/identify.html", form=form, origin=origin), form.status


@blueprint.route("/kompetisi/baru/jadwal", methods=["GET", "POST"])
def schedule() -> ResponseReturnValue:
    """Step 3: dates; the first day proposes all others."""
    _creator()
    answers = _answers()
    first_day = date.fromisoformat(
        answers.get("first_day") or _default_first_day(answers["zone"]).isoformat()
    )
    form = timetable_form(_timetable(answers, first_day), answers["zone"], **planning_fields(first_day))
    wanted = form["first_day"]
    if form.is_submitted() and form["propose"].data and wanted.validate(form) and wanted.data:
        session[_KEY] = {**answers, "first_day": wanted.data.isoformat(), "times": None}
        return redirect(url_for("events.schedule"))
    if form.validate_on_submit():
        times = [[s.name, s.starts_at.isoformat(), s.ends_at.isoformat()] for s in form.spans]
        session[_KEY] = {**answers, "times": times}
        return redirect(url_for("events.review"))
    return render_template("events/wizard/schedule.html", form=form, answers=answers), form.status


@blueprint.route("/kompetisi/baru/periksa", methods=["GET", "POST"])
def review() -> ResponseReturnValue:
    """Step 4: read everything once more, then create the draft."""
    user = _creator()
    answers = _answers()
    if not answers.get("times"):
        return redirect(url_for("events.schedule"))
    template, source = _origin(answers)
    timetable = _timetable(answers, clock.now().date())
    if request.method == "POST":
        kept = ("name", "slug", "tagline", "host", "zone")
        new = creation.NewEvent(timetable=timetable, **{key: answers[key] for key in kept})
        try:
            if source:
                event = creation.clone_event(source, new, at=clock.now())
            else:
                event = creation.create_from_template(user, template, new, at=clock.now())  # type: ignore[arg-type]
        except DomainError as error:
            flash(str(error.message), "error")
            return redirect(
                url_for("events.identify", template=answers["template"], source=answers["source"])
            )
        session.pop(_KEY, None)
        flash(
            _("%(name)s sudah dibuat sebagai draf. Hanya panitia yang melihatnya.", name=event.name),
            "success",
        )
        return redirect(url_for("events.todo", slug=event.slug))
    return render_template(
        "events/wizard/review.html", answers=answers, template=template, source=source, timetable=timetable
    )


def _creator() -> Any:
    user = signed_in_user()
    require(policy.can_create_events(user), NotFound())
    return user


def _chosen_origin() -> dict[str, str]:
    """The template or source named in the address; NotFound when it is neither."""
    chosen = {"template": request.args.get("template", ""), "source": request.args.get("source", "")}
    if not chosen["template"] and not chosen["source"] and (known := _known()):
        chosen = {key: known[key] for key in chosen}
    _origin(chosen)
    return chosen


def _origin(chosen: dict[str, Any]) -> tuple[Template | None, Actor | None]:
    if slug := chosen["source"]:
        actor = queries.get_actor(slug, signed_in_user())
        require(policy.can_manage(actor), NotFound())
        return None, actor
    template = find_usable(_creator(), chosen["template"])
    require(template is not None, NotFound())
    return template, None


def _known() -> dict[str, Any]:
    """What this person has answered so far; of whoever used the browser before, nothing."""
    answers = session.get(_KEY) or {}
    return dict(answers) if answers.get("owner") == _creator().public_id else {}


def _answers() -> dict[str, Any]:
    """What the steps before have answered; back to the first step without it."""
    answers = _known()
    if not answers:
        abort(redirect(url_for("events.choose")))
    _origin(answers)
    return dict(answers)


def _proposed_identity(origin: dict[str, str]) -> dict[str, Any]:
    known = _known()
    if known.get("template") == origin["template"] and known.get("source") == origin["source"]:
        return {key: known.get(key) for key in ("name", "slug", "tagline", "host", "zone")}
    _template, source = _origin(origin)
    if source is None:
        return {}
    event = source.event
    return {"name": event.name, "tagline": event.tagline, "host": event.host, "zone": event.zone}


def _free_slug(name: str) -> str:
    wanted = slugify(name) or "kompetisi"
    return free_name(wanted, queries.list_slugs_like(wanted))


def _default_first_day(zone: str) -> date:
    """A Monday, at least two weeks away."""
    day = clock.now().astimezone(ZoneInfo(zone)).date() + timedelta(days=_LEAD_DAYS)
    return day + timedelta(days=-day.weekday() % 7)


def _timetable(answers: dict[str, Any], first_day: date) -> list[Timespan]:
    template, source = _origin(answers)
    zone = ZoneInfo(answers["zone"])
    if source:
        proposed = shift_timetable(source.event.phases, first_day, zone)
    else:
        proposed = propose_timetable(template.phases, first_day, zone)  # type: ignore[union-attr]
    times = answers.get("times")
    if not times or len(times) != len(proposed):
        return proposed
    read = datetime.fromisoformat
    return [Timespan(p.kind, name, read(a), read(b)) for p, (name, a, b) in zip(proposed, times, strict=True)]
