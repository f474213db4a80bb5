"""The steps of an import: what its columns mean, what would be saved, what was saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, ngettext
from werkzeug.datastructures import MultiDict

from innovate.core import clock
from innovate.core.errors import DomainError, Refused
from innovate.core.numbers import read_number
from innovate.core.web.kept_forms import take_kept
from innovate.events.policy import Actor
from innovate.intake.domain.cells import address
from innovate.intake.domain.columns import JUROR, SINGLE, target_of
from innovate.intake.domain.gather import list_titles
from innovate.intake.domain.limits import AT_ONCE
from innovate.intake.domain.plan import Plan
from innovate.intake.domain.reading import KINDS, SKIPPED
from innovate.intake.domain.world import World
from innovate.intake.exports import write_faults
from innovate.intake.forms import SaveForm, UndoForm
from innovate.intake.guard import enter_import
from innovate.intake.models import ImportState, ScoreImport
from innovate.intake.queries import imports
from innovate.intake.queries.world import load_world
from innovate.intake.routes.mount import blueprint
from innovate.intake.services import checks, mapping, saving, undoing
from innovate.intake.words import MEANINGS, STANDINGS, say_fault
from innovate.results.domain.sheets.table import plain_name, say_cell
from innovate.scoring.domain.window import Window
from innovate.scoring.models.rounds import Round

_MAPPING = "mapping"  # the form's name on the shelf of kept texts
_SHOWN = 100  # faults on the page; all of them are in the file
_EXAMPLES = 3
_MOST_WORDS = 200  # that are offered to be matched at once


@blueprint.route("/berkas/<import_id>/kolom", methods=["GET", "POST"], endpoint="mapping")
def map_columns(slug: str, import_id: str) -> ResponseReturnValue:
    """What each column stands for, and words that stand for nothing by themselves."""
    actor, found = enter_import(slug, import_id, whole=True)
    if found.state is not ImportState.PENDING:
        return redirect(url_for("intake.show", slug=slug, import_id=import_id))
    round_ = checks.round_of(found)
    world = load_world(actor, round_)
    refusal: DomainError | None = None
    if request.method == "POST":
        try:
            mapping.change_reading(actor, found, world, **_chosen(found, request.form))
            return redirect(url_for("intake.preview", slug=slug, import_id=import_id))
        except Refused as error:
            refusal = error
            found = imports.get_import(actor.event.id, import_id, whole=True)
    kept = take_kept(_MAPPING)
    sent = kept.values if kept else request.form
    typed = _chosen(found, sent)
    page = render_template(
        "intake/mapping.html",
        actor=actor,
        event=actor.event,
        round=round_,
        found=found,
        columns=_list_columns(found, typed["columns"]),
        meanings=_list_meanings(world),
        world=world,
        needs_jurors=JUROR not in imports.as_reading(found).columns.values(),
        unmatched=_list_unmatched(found, world, typed["values"]),
        sent=sent,
        form_name=_MAPPING,
        kinds=KINDS,
        skipped=SKIPPED,
        refusal=refusal,
        address=address,
    )
    return page, refusal.status if refusal else 200


def _chosen(found: ScoreImport, form: MultiDict[str, str]) -> dict[str, Any]:
    """The form by hand: `kolom` and `arti` in the same order, `baris-N`, `juri-N`, `kata-KIND` and `pilih-KIND`."""
    pairs = zip(form.getlist("kolom"), form.getlist("arti"), strict=False)
    heads = {n: read_number(form.get(f"baris-{n}", "")) for n in range(len(found.files))}
    jurors = {n: form[f"juri-{n}"] for n in range(len(found.files)) if f"juri-{n}" in form}
    values = {
        kind: {
            plain_name(words): key
            for words, key in zip(form.getlist(f"kata-{kind}"), form.getlist(f"pilih-{kind}"), strict=False)
        }
        for kind in KINDS
    }
    return {
        "columns": {plain_name(title): meaning for title, meaning in pairs},
        "heads": {n: number for n, number in heads.items() if number is not None},
        "jurors": {n: read_number(key) for n, key in jurors.items()},
        "values": values,
    }


def _list_columns(found: ScoreImport, typed: Mapping[str, str]) -> list[dict[str, Any]]:
    """Every title of the files once, with what stands below it and what it is taken for; `typed` by who chose last."""
    reading = imports.as_reading(found)
    columns: dict[str, dict[str, Any]] = {}
    for upload in imports.as_uploads(found):
        below = [cells for number, cells in upload.rows if number > upload.head]
        for place, title in enumerate(list_titles(upload)):
            plain = plain_name(title)
            if not plain or plain in columns:
                continue
            said = [say_cell(cells[place]) for cells in below if place < len(cells)]
            examples = list(dict.fromkeys(text[:40] for text in said if text))[:_EXAMPLES]
            columns[plain] = {
                "title": title,
                "letter": address(0, place)[:-1],
                "examples": examples,
                "meaning": typed.get(plain, reading.columns.get(plain, "")),
            }
    return list(columns.values())


def _list_meanings(world: World) -> list[tuple[str, str]]:
    criteria = [(target_of(c.id), c.name) for c in world.criteria.values()]
    return [*((key, str(MEANINGS[key])) for key in SINGLE[:2]), *criteria, *_rest()]


def _rest() -> list[tuple[str, str]]:
    return [(key, str(MEANINGS[key])) for key in SINGLE[2:]]


def _list_unmatched(
    found: ScoreImport, world: World, typed: Mapping[str, Mapping[str, str]]
) -> dict[str, list[dict[str, Any]]]:
    """Words to be matched, and those that were, by kind; `typed` as who chose last."""
    reading = imports.as_reading(found)
    rows: dict[str, list[dict[str, Any]]] = {kind: [] for kind in KINDS}
    for kind in KINDS:
        for words, key in reading.values.get(kind, {}).items():
            chosen = typed[kind].get(plain_name(words), key)
            rows[kind].append({"words": words, "chosen": chosen, "count": 0, "cell": ""})
    for each in mapping.plan_import(found, world).unmatched:
        place = {"count": each.count, "cell": address(*each.cell[1:])}
        chosen = typed[each.kind].get(plain_name(each.words), "")
        rows[each.kind].append({"words": each.words, "chosen": chosen, **place})
    return {kind: each[:_MOST_WORDS] for kind, each in rows.items() if each}


@blueprint.route("/berkas/<import_id>/periksa", methods=["GET", "POST"])
def preview(slug: str, import_id: str) -> ResponseReturnValue:
    """What would be saved, for each juror and entry, and everything that is wrong; then save it."""
    actor, found = enter_import(slug, import_id, whole=True)
    if found.state is not ImportState.PENDING:
        return redirect(url_for("intake.show", slug=slug, import_id=import_id))
    round_ = checks.round_of(found)
    form = SaveForm()
    if form.validate_on_submit():
        with form.catch():
            _save(actor, found, round_, form)
            return redirect(url_for("intake.show", slug=slug, import_id=import_id))
    found = imports.get_import(actor.event.id, import_id, whole=True)
    world = load_world(actor, round_)
    plan = mapping.plan_import(found, world)
    return _preview(actor, found, round_, world, plan, form), form.status


def _save(actor: Actor, found: ScoreImport, round_: Round, form: SaveForm) -> None:
    plan = mapping.plan_import(found, load_world(actor, round_))
    wish = saving.Wish(bool(form.skips.data), form.reason.data or "", request.form.get("stamp", ""))
    if len(plan.ready) > AT_ONCE:
        saving.start_save(actor, found, wish, locale=str(get_locale() or "id"), at=clock.now())
        return
    count = saving.save_import(actor, found, wish, at=clock.now())
    flash(ngettext("%(num)s penilaian disimpan.", "%(num)s penilaian disimpan.", count), "success")


def _preview(
    actor: Actor, found: ScoreImport, round_: Round, world: World, plan: Plan, form: SaveForm
) -> str:
    return render_template(
        "intake/preview.html",
        actor=actor,
        event=actor.event,
        round=round_,
        found=found,
        plan=plan,
        world=world,
        form=form,
        faults=plan.faults[:_SHOWN],
        by_juror=_count(plan, 1),
        by_idea=_count(plan, 0),
        standings=STANDINGS,
        say_fault=say_fault,
        address=address,
        task=imports.find_save_task(found),
        late=round_.window(clock.now()) is Window.CLOSED,
    )


def _count(plan: Plan, side: int) -> dict[int, list[int]]:
    """By juror (1) or entry (0): ballots to be made, incomplete, standing already."""
    counts: dict[int, list[int]] = {}
    for column, pairs in enumerate((plan.ready, plan.incomplete, plan.clashes)):
        for pair in pairs:
            counts.setdefault(pair[side], [0, 0, 0])[column] += 1
    return counts


@blueprint.get("/berkas/<import_id>/kesalahan.csv")
def faults(slug: str, import_id: str) -> ResponseReturnValue:
    """Everything that is wrong, as a file."""
    actor, found = enter_import(slug, import_id, whole=True)
    plan = mapping.plan_import(found, load_world(actor, checks.round_of(found)))
    body = write_faults([file.name for file in found.files], plan.faults)
    answer = Response(body, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="kesalahan-{slug}.csv"'
    return answer


@blueprint.route("/berkas/<import_id>", methods=["GET", "POST"])
def show(slug: str, import_id: str) -> ResponseReturnValue:
    """What was saved, row by row; and taking all of it back."""
    actor, found = enter_import(slug, import_id)
    task = imports.find_save_task(found)
    if found.state is ImportState.PENDING and (task is None or task.state.is_over):
        return redirect(url_for("intake.preview", slug=slug, import_id=import_id))
    form = UndoForm()
    if form.validate_on_submit():
        with form.catch():
            count = undoing.undo_import(actor, found, reason=form.reason.data, at=clock.now())
            flash(
                ngettext(
                    "%(num)s penilaian ditarik kembali dan tidak dihitung.",
                    "%(num)s penilaian ditarik kembali dan tidak dihitung.",
                    count,
                ),
                "success",
            )
            return redirect(url_for("intake.show", slug=slug, import_id=import_id))
    page = render_template(
        "intake/show.html",
        actor=actor,
        event=actor.event,
        round=checks.round_of(found),
        found=found,
        task=task,
        page=imports.page_of_ballots(found, page=request.args.get("page", 1, type=int)),
        form=form,
        barred=undoing.why_not_undone(found, clock.now()),
    )
    return page, form.status
