"""People: find, give site roles, close and open accounts."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.accounts import queries
from innovate.accounts.domain.limits import place_of
from innovate.accounts.forms import EMPLOYMENT_LABELS
from innovate.accounts.guard import witness
from innovate.accounts.models import SiteRole, User
from innovate.accounts.services import credentials, people, sessions
from innovate.accounts.services.tokens import Signer
from innovate.admin.forms import ROLE_LABELS, DisableForm, RoleForm
from innovate.admin.guard import enter
from innovate.admin.routes.blueprint import blueprint
from innovate.core import clock
from innovate.core.numbers import read_number


@blueprint.get("/orang")
def people_list() -> ResponseReturnValue:
    """Everybody with an account."""
    enter()
    witness("people")
    args = {name: request.args.get(name, "").strip() for name in ("q", "role", "unit", "state")}
    role = SiteRole(args["role"]) if args["role"] in set(SiteRole) else None
    page = queries.list_people(
        search=args["q"],
        role=role,
        unit_id=read_number(args["unit"]),
        state=args["state"],
        page=request.args.get("page", 1, type=int),
    )
    return render_template(
        "admin/people.html",
        page=page,
        args={name: value for name, value in args.items() if value},
        role_labels=ROLE_LABELS,
        employment_labels=EMPLOYMENT_LABELS,
        units=queries.list_unit_choices(clock.now().date()),
    )


@blueprint.route("/orang/<public_id>", methods=["GET", "POST"])
def person(public_id: str) -> ResponseReturnValue:
    """One person: what the administrator may see and do. The NIP is nobody's business but theirs."""
    admin = enter()
    found = queries.get_user(public_id)
    form = RoleForm(data={"site_role": found.site_role.value})
    if form.validate_on_submit():
        with form.catch():
            people.set_site_role(admin, found, SiteRole(form.site_role.data), at=clock.now())
            flash(_("Peran tersimpan."), "success")
            return redirect(url_for("admin.person", public_id=public_id))
    return _show(found, form, DisableForm(formdata=None)), form.status


@blueprint.post("/orang/<public_id>/nonaktifkan")
def disable(public_id: str) -> ResponseReturnValue:
    """Close an account."""
    admin = enter()
    found = queries.get_user(public_id)
    form = DisableForm()
    if form.validate_on_submit():
        with form.catch():
            people.disable_person(admin, found, reason=form.reason.data, at=clock.now())
            flash(_("Akun dinonaktifkan dan dikeluarkan dari semua perangkat."), "success")
            return redirect(url_for("admin.person", public_id=public_id))
    role_form = RoleForm(formdata=None, data={"site_role": found.site_role.value})
    return _show(found, role_form, form), form.status


@blueprint.post("/orang/<public_id>/aktifkan")
def enable(public_id: str) -> ResponseReturnValue:
    """Open it again."""
    admin = enter()
    people.enable_person(admin, queries.get_user(public_id), at=clock.now())
    flash(_("Akun aktif kembali."), "success")
    return redirect(url_for("admin.person", public_id=public_id))


@blueprint.post("/orang/<public_id>/petugas-data/<any(tunjuk, akhiri):step>")
def set_officer(public_id: str, step: str) -> ResponseReturnValue:
    """Name a data protection officer, or end that."""
    admin = enter()
    found = queries.get_user(public_id)
    people.set_data_officer(admin, found, on=step == "tunjuk", at=clock.now())
    flash(_("Petugas pelindungan data diperbarui."), "success")
    return redirect(url_for("admin.person", public_id=public_id))


@blueprint.post("/orang/<public_id>/pimpinan/<any(tunjuk, akhiri):step>")
def set_leader(public_id: str, step: str) -> ResponseReturnValue:
    """Open the page for leaders to the person, or close it."""
    admin = enter()
    found = queries.get_user(public_id)
    people.set_leader(admin, found, on=step == "tunjuk", at=clock.now())
    flash(_("Akses halaman pimpinan diperbarui."), "success")
    return redirect(url_for("admin.person", public_id=public_id))


@blueprint.post("/orang/<public_id>/keluarkan")
def end_sessions(public_id: str) -> ResponseReturnValue:
    """Sign a person out everywhere (a lost telephone)."""
    admin = enter()
    sessions.end_all_sessions(queries.get_user(public_id), actor_id=admin.id, at=clock.now())
    flash(_("Dikeluarkan dari semua perangkat."), "success")
    return redirect(url_for("admin.person", public_id=public_id))


@blueprint.post("/orang/<public_id>/kirim-tautan")
def send_reset(public_id: str) -> ResponseReturnValue:
    """Send a link for a new password, for somebody who asks on the telephone."""
    enter()
    found = queries.get_user(public_id)
    secret = current_app.config["SECRET_KEY"]
    credentials.send_reset(
        found,
        place_of(secret, account=found.email, address=""),
        signer=Signer(secret),
        link=lambda token: url_for("accounts.reset", token=token),
        at=clock.now(),
    )
    flash(_("Tautan kata sandi baru dikirim ke %(email)s.", email=found.email), "success")
    return redirect(url_for("admin.person", public_id=public_id))


def _show(found: User, form: RoleForm, disable_form: DisableForm) -> str:
    witness("person", subject_id=found.id)
    return render_template(
        "admin/person.html",
        person=found,
        form=form,
        disable_form=disable_form,
        role_labels=ROLE_LABELS,
        employment_labels=EMPLOYMENT_LABELS,
        device_count=len(queries.list_sessions(found, clock.now())),
    )
