"""The team's pages: its ideas, one idea, writing it, reading it as a juror does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import (
    Blueprint,
    current_app,
    flash,
    get_template_attribute,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.audit.exports.names import add_names
from innovate.core import clock
from innovate.core.errors import DomainError, Refused, Stale
from innovate.core.web.access import wants_json
from innovate.core.web.kept_forms import take_kept
from innovate.core.web.localisation import show_time
from innovate.core.web.plumbing import Plumbing
from innovate.events.domain.kinds import FieldKind
from innovate.events.guard import enter
from innovate.events.models import FormField
from innovate.events.policy import Actor
from innovate.events.words import RULES
from innovate.ideas import policy
from innovate.ideas.domain.answers import accepted_of, max_files_of
from innovate.ideas.domain.completeness import anchor_of, progress_of
from innovate.ideas.domain.deadline import can_edit, can_restore, can_submit, can_withdraw
from innovate.ideas.domain.evidence import place_beside
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.domain.uploads import MEDIA_TYPES
from innovate.ideas.forms import build_proposal_form, describe_gap, read_posted, show_faults
from innovate.ideas.guard import enter_idea
from innovate.ideas.models import Idea
from innovate.ideas.queries.completeness import draft_of, list_fields, list_gaps
from innovate.ideas.queries.disqualifications import list_disqualifications
from innovate.ideas.queries.eligibility import Eligibility, check_draft_eligibility, read_eligibility
from innovate.ideas.queries.extensions import get_window
from innovate.ideas.queries.ideas import number_of
from innovate.ideas.queries.reading import read_entry
from innovate.ideas.queries.revisions import find_last_revision
from innovate.ideas.queries.screening import list_screenings
from innovate.ideas.queries.similar.drafts import check_draft
from innovate.ideas.queries.standings import list_team_standings
from innovate.ideas.queries.trail_names import TRAIL_NAMES
from innovate.ideas.routes.sections import fill_panels
from innovate.ideas.services import drafts, files, reasons, submission
from innovate.ideas.words import say_answer
from innovate.teams import queries as teams

blueprint = Blueprint("ideas", __name__, url_prefix="/k/<slug>")


def init_app(_plumbing: Plumbing) -> None:
    """Tell the trail how proposals are called."""
    add_names(TRAIL_NAMES)


def place(actor: Actor, idea: Idea) -> dict[str, Any]:
    """The address of an idea, for url_for."""
    return {"slug": actor.event.slug, "idea_id": idea.public_id}


def standing(actor: Actor, idea: Idea) -> dict[str, Any]:
    """What every page of a team's idea shows: its state, what may be done until when, and what is missing."""
    window = get_window(actor.event, idea.team_id, idea)
    now = clock.now()
    return {
        "actor": actor,
        "event": actor.event,
        "idea": idea,
        "place": place(actor, idea),
        "number": number_of(actor.event, idea),
        "window": window,
        "may_edit": can_edit(idea.state, window, now),
        "may_submit": can_submit(idea.state, window, now),
        "may_withdraw": can_withdraw(idea.state, window, now),
        "may_restore": can_restore(idea.state, window, now),
        "reasons": reasons.TEXTS,
        "is_late": window.is_late(now),
        "is_up_to_date": submission.is_up_to_date(idea),
        "gaps": list_gaps(actor.event, idea, idea.team.size),
        "describe_gap": describe_gap,
    }


def asked(found: Eligibility) -> dict[str, Any]:
    """What pages need to show how an entry stands to the event's rules."""
    return {"eligibility": found, "rule_names": RULES, "say_answer": say_answer}


# -- the team's ideas ---------------------------------------------------------------------------------------------


@blueprint.get("/usulan")
def index(slug: str) -> ResponseReturnValue:
    """The ideas of my teams in this event, and beginning one."""
    actor = enter(slug)
    mine = teams.list_teams_of(actor.event.id, actor.user_id)
    members = {team.id: team.size for team in mine}
    rows = list_team_standings(actor.event, mine, members)
    return render_template(
        "ideas/index.html",
        event=actor.event,
        rows=rows,
        may_begin={row.team.id: can_submit(IdeaState.DRAFT, row.window, clock.now()) for row in rows},
        reasons=reasons.TEXTS,
        number_of=number_of,
    )


@blueprint.post("/usulan/baru")
def create(slug: str) -> ResponseReturnValue:
    """Begin a team's idea and go on writing."""
    actor = enter(slug)
    team = teams.get_team(actor.event.id, request.form.get("team", ""))
    try:
        idea = drafts.create_idea(actor, team, at=clock.now())
    except Refused as refused:
        flash(str(refused.message), "error")
        return redirect(url_for("ideas.index", slug=slug))
    return redirect(url_for("ideas.edit", **place(actor, idea)))


@blueprint.get("/usulan/<idea_id>")
def show(slug: str, idea_id: str) -> ResponseReturnValue:
    """Where the idea stands: number, what is judged, the secretariat's decisions, what may be done."""
    actor, idea = enter_idea(slug, idea_id)
    return render_template(
        "ideas/show.html",
        screenings=list_screenings(idea.id),
        outs=list_disqualifications(idea.id),
        panels=fill_panels("show", actor, idea, clock.now()),
        entry=read_entry(actor.event, idea, idea.submitted_revision),
        **asked(_find_eligibility(actor, idea)),
        **standing(actor, idea),
    )


def _find_eligibility(actor: Actor, idea: Idea) -> Eligibility:
    """Of a draft as it is, of what was handed in as it was found then."""
    if idea.submitted_revision_id is None:
        return check_draft_eligibility(actor.event, idea)
    return read_eligibility(actor.event, idea)


# -- writing ------------------------------------------------------------------------------------------------------


@blueprint.route("/usulan/<idea_id>/ubah", methods=["GET", "POST"])
def edit(slug: str, idea_id: str) -> ResponseReturnValue:
    """The proposal form. It saves itself by POST and JSON; without script its buttons save."""
    actor, idea = enter_idea(slug, idea_id, policy.can_edit)
    fields = list_fields(actor.event.id)
    if request.method != "POST":
        return _show_editor(actor, idea, fields)
    if wants_json():
        return _autosave(actor, idea, fields)
    return _save(actor, idea, fields)


def _autosave(actor: Actor, idea: Idea, fields: Sequence[FormField]) -> ResponseReturnValue:
    saved = drafts.save_draft(actor, idea, read_posted(request.form, fields), at=clock.now())
    idea = saved.idea
    return jsonify(
        saved_at=show_time(idea.updated_at, actor.event.zone).split(" ")[0],
        version=idea.version,
        merged=saved.merged,
        progress=_progress(idea, fields),
        missing=_missing(actor, idea, fields),
        **_say_eligibility(actor, idea, fields),
    )


def _say_eligibility(actor: Actor, idea: Idea, fields: Sequence[FormField]) -> dict[str, str]:
    """The panel of the editor as it is after a save; nothing where the event asks nothing."""
    found = check_draft_eligibility(actor.event, idea, fields)
    if not found.answers:
        return {}
    panel = get_template_attribute("ideas/_eligibility.html", "eligibility_list")
    return {"eligibility": str(panel(found, RULES, say_answer, edit=""))}


def _save(actor: Actor, idea: Idea, fields: Sequence[FormField]) -> ResponseReturnValue:
    posted = read_posted(request.form, fields)
    act, _colon, what = request.form.get("action", "").partition(":")
    try:
        drafts.save_draft(actor, idea, posted, at=clock.now(), explicit=True)
    except Stale as stale:
        return _show_editor(actor, idea, fields, stale=stale), stale.status
    except Refused as refused:
        return _show_editor(actor, idea, fields, refused=refused), refused.status
    return _after_save(actor, idea, act, what)


def _after_save(actor: Actor, idea: Idea, act: str, what: str) -> ResponseReturnValue:
    here = url_for("ideas.edit", **place(actor, idea))
    if act == "upload":
        _upload(actor, idea, what)
        return redirect(f"{here}#f-{what}")
    if act == "remove":
        file = files.remove_file(actor, idea, what, at=clock.now())
        flash(
            _(
                "%(name)s dikeluarkan dari usulan. Berkas dapat dikembalikan lewat Riwayat.",
                name=file.filename,
            )
        )
        return redirect(f"{here}#f-{file.field_key}")
    if act in {"check", "preview"}:
        return redirect(url_for("ideas.submit" if act == "check" else "ideas.preview", **place(actor, idea)))
    flash(_("Tersimpan pukul %(time)s.", time=show_time(clock.now(), actor.event.zone)))
    return redirect(here)


def _upload(actor: Actor, idea: Idea, key: str) -> None:
    """Attach the chosen file. A refused file is said so; the text that came with it is saved all the same."""
    upload = request.files.get(f"file-{key}")
    if upload is None or not upload.filename:
        flash(_("Pilih berkas dulu, lalu tekan Unggah."), "error")
        return
    limit = max_upload_bytes()
    content = upload.stream.read(limit + 1)
    try:
        file = files.attach_file(
            actor, idea, key, filename=upload.filename, content=content, max_bytes=limit, at=clock.now()
        )
    except Refused as refused:
        named = "".join(filter(str.isprintable, upload.filename[:80]))  # nothing that turns the line round
        flash(f"{named}: {refused.message}", "error")
    else:
        flash(_("%(name)s terunggah.", name=file.filename))


def max_upload_bytes() -> int:
    """How large one attachment may be."""
    return int(current_app.config["MAX_UPLOAD_MB"]) * 1024 * 1024


def _show_editor(
    actor: Actor,
    idea: Idea,
    fields: Sequence[FormField],
    *,
    stale: Stale | None = None,
    refused: DomainError | None = None,
) -> str:
    placed = place_beside(fields)
    fields = [field for _section, field in placed]
    written = [f for f in fields if f.kind is not FieldKind.FILE]
    form = build_proposal_form(actor.event, fields, drafts.parts_of(actor.event, idea, written))
    answers = idea.answers if request.method != "POST" else {}
    show_faults(form, fields, answers)
    if refused is not None and refused.field in form:
        form[refused.field].errors = [refused.message]
    return render_template(
        "ideas/edit.html",
        form=form,
        fields=fields,
        sections=[section for section, _field in placed],
        anchor_of=anchor_of,
        max_files_of=max_files_of,
        accepted=lambda field: sorted(accepted_of(field) & set(MEDIA_TYPES)) or list(MEDIA_TYPES),
        max_bytes=max_upload_bytes(),
        progress=_progress(idea, fields),
        stale=stale,
        refused=refused,
        kept_version=_kept_version(form),
        last=find_last_revision(idea.id, with_author=True),
        **asked(check_draft_eligibility(actor.event, idea, fields)),
        panels=fill_panels("edit", actor, idea, clock.now()),
        **standing(actor, idea),
    )


def _kept_version(form: Any) -> int | None:
    """The version on which a text found again was typed, so that a colleague's newer one is not written over."""
    kept = take_kept(type(form).__name__)
    return read_posted(kept.values, ()).base if kept else None


def _progress(idea: Idea, fields: Sequence[FormField]) -> dict[str, str]:
    draft = draft_of(idea)
    return {anchor_of(field): progress_of(field, draft).value for field in fields}


def _missing(actor: Actor, idea: Idea, fields: Sequence[FormField]) -> list[dict[str, str]]:
    gaps = list_gaps(actor.event, idea, idea.team.size, fields)
    return [{"anchor": gap.anchor, "text": describe_gap(gap, actor.event)} for gap in gaps]


@blueprint.get("/usulan/<idea_id>/pratinjau")
def preview(slug: str, idea_id: str) -> ResponseReturnValue:
    """The working copy as a juror would read it."""
    actor, idea = enter_idea(slug, idea_id)
    return render_template(
        "ideas/preview.html",
        entry=read_entry(actor.event, idea),
        alike=check_draft(actor, idea),
        **standing(actor, idea),
    )
