"""Templates: what each brings, saved ones changed, offered and removed, files in and out."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.accounts.models import User
from innovate.core import clock
from innovate.core.errors import NotFound, Refused, require
from innovate.events import policy, queries
from innovate.events.domain.naming import slugify
from innovate.events.forms.templates import TemplateFileForm, TemplateForm
from innovate.events.guard import signed_in_user
from innovate.events.models import SavedTemplate, TemplateReach
from innovate.events.routes.mount import blueprint
from innovate.events.services import saved_templates as services
from innovate.events.services.template_files import Reading, read_template, tell_template, write_template
from innovate.events.services.template_yaml import LARGEST
from innovate.events.services.templates import find_template, load_templates, read_text


@blueprint.get("/templat")
def templates() -> ResponseReturnValue:
    """All templates a person may use, and those removed that they may bring back."""
    user = _organizer()
    return render_template(
        "events/templates/index.html",
        offered=load_templates().values(),
        saved=queries.list_templates(user),
        removed=queries.list_templates(user, removed=True),
        reaches=TemplateReach,
    )


@blueprint.get("/templat/bawaan/<key>")
def built_in_template(key: str) -> ResponseReturnValue:
    """What a template of the product brings."""
    _organizer()
    template = find_template(key)
    if template is None:
        raise NotFound
    return render_template(
        "events/templates/show.html", template=template, saved=None, lines=tell_template(template)
    )


@blueprint.get("/templat/bawaan/<key>.yaml")
def built_in_file(key: str) -> ResponseReturnValue:
    """The file of a template of the product."""
    _organizer()
    require(find_template(key) is not None, NotFound())
    return _file(read_text(key), key)


@blueprint.route("/templat/<template_id>", methods=["GET", "POST"])
def saved_template(template_id: str) -> ResponseReturnValue:
    """What a saved template brings, its versions, its name and description."""
    user, saved = _enter(template_id)
    form = TemplateForm(data={"name": saved.name, "description": saved.description})
    if form.validate_on_submit():
        with form.catch():
            services.describe_template(
                user, saved, name=form.name.data, description=form.description.data or "", at=clock.now()
            )
            flash(_("Perubahan tersimpan."), "success")
            return redirect(url_for("events.saved_template", template_id=template_id))
    template = services.read_saved(saved)
    page = render_template(
        "events/templates/show.html",
        template=template,
        saved=saved,
        lines=tell_template(template),
        form=form,
        can_change=policy.can_change_template(user, saved),
        is_owner=saved.owner_id == user.id,
        reaches=TemplateReach,
    )
    return page, form.status


@blueprint.get("/templat/<template_id>/<int:number>.yaml")
def saved_file(template_id: str, number: int) -> ResponseReturnValue:
    """One version of a saved template as a file."""
    _user, saved = _enter(template_id)
    document = queries.get_content(saved, number)
    name = {"name": saved.name, "summary": saved.description}
    return _file(write_template({**document, **name}), f"{slugify(saved.name)}-{number}")


@blueprint.post("/templat/<template_id>/jangkauan")
def set_template_reach(template_id: str) -> ResponseReturnValue:
    """Propose it for all, offer it, or keep it private."""
    user, saved = _enter(template_id)
    reach = request.form.get("reach", "")
    try:
        require(reach in set(TemplateReach), Refused(_("Pilih salah satu.")))
        services.set_reach(user, saved, TemplateReach(reach), at=clock.now())
    except Refused as refusal:
        flash(str(refusal.message), "error")
    else:
        flash(_("Perubahan tersimpan."), "success")
    return redirect(url_for("events.templates"))


@blueprint.post("/templat/<template_id>/hapus")
def remove_template(template_id: str) -> ResponseReturnValue:
    """Take it off the lists."""
    user, saved = _enter(template_id)
    services.remove_template(user, saved, at=clock.now())
    flash(_("%(name)s dihapus. Anda dapat mengembalikannya dari sini.", name=saved.name), "success")
    return redirect(url_for("events.templates"))


@blueprint.post("/templat/<template_id>/kembalikan")
def restore_template(template_id: str) -> ResponseReturnValue:
    """Bring it back."""
    user, saved = _organizer(), queries.get_template(template_id)
    services.restore_template(user, saved, at=clock.now())
    flash(_("%(name)s dikembalikan.", name=saved.name), "success")
    return redirect(url_for("events.templates"))


@blueprint.route("/templat/unggah", methods=["GET", "POST"])
def upload_template() -> ResponseReturnValue:
    """Read a file and show what it would bring, or every place where it is wrong. Nothing is saved before `simpan`."""
    user = _organizer()
    form = TemplateFileForm()
    reading: Reading | None = None
    if form.validate_on_submit():
        content = _sent(form)
        with form.catch():
            reading = read_template(content)
            if not reading.faults and request.form.get("act") == "save":
                saved = services.save_document(
                    user, reading.document, origin=form.source.data or "", at=clock.now()
                )
                flash(_("%(name)s tersimpan sebagai templat.", name=saved.name), "success")
                return redirect(url_for("events.saved_template", template_id=saved.public_id))
    sound = reading is not None and not reading.faults
    template = reading.template if sound and reading else None
    page = render_template(
        "events/templates/upload.html",
        form=form,
        reading=reading,
        template=template,
        lines=tell_template(template) if template else (),
    )
    return page, 422 if reading and reading.faults else (200 if sound else form.status)


def _sent(form: Any) -> bytes | str:
    """The file if one was chosen, else the text; what was sent stays in the text, to be mended there."""
    upload = form.file.data
    if not upload:
        return form.text.data or ""
    content: bytes = upload.read(LARGEST + 1)
    form.text.data = content[:LARGEST].decode("utf-8", "replace")
    form.text.raw_data = [form.text.data]
    form.source.data = (upload.filename or "").rpartition("/")[2][-200:]
    form.source.raw_data = [form.source.data]
    return content


def _file(text: str, name: str) -> Response:
    answer = Response(text, mimetype="application/yaml")
    answer.headers["Content-Disposition"] = f'attachment; filename="templat-{name or "kompetisi"}.yaml"'
    return answer


def _organizer() -> User:
    user = signed_in_user()
    if user is None or not policy.can_create_events(user):
        raise NotFound
    return user


def _enter(template_id: str) -> tuple[User, SavedTemplate]:
    user, saved = _organizer(), queries.get_template(template_id)
    require(policy.can_use_template(user, saved), NotFound())
    return user, saved
