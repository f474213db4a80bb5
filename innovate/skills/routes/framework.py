"""The administrator keeps the framework."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.accounts.models import User
from innovate.core import clock
from innovate.core.errors import NotFound
from innovate.events.guard import signed_in_user
from innovate.skills import policy
from innovate.skills.forms import SkillForm, stored_text
from innovate.skills.queries.framework import get_skill, list_all_skills
from innovate.skills.routes.mount import blueprint
from innovate.skills.services import framework as services


def _keeper() -> User:
    user = signed_in_user()
    if user is None or not policy.can_keep_framework(user):
        raise NotFound
    return user


@blueprint.get("/admin/keterampilan")
def framework() -> ResponseReturnValue:
    """Every skill in its order."""
    _keeper()
    rows = list_all_skills()
    return render_template(
        "skills/framework.html",
        used=[row for row in rows if row[0].retired_at is None],
        retired=[row for row in rows if row[0].retired_at is not None],
    )


@blueprint.route("/admin/keterampilan/baru", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    """One more."""
    user = _keeper()
    form = SkillForm()
    if form.validate_on_submit():
        with form.catch():
            skill = services.add_skill(user, form.text(), at=clock.now())
            flash(_("%(name)s ditambahkan.", name=skill.name), "success")
            return redirect(url_for("skills.framework"))
    return render_template("skills/skill.html", form=form, skill=None), form.status


@blueprint.route("/admin/keterampilan/<skill_id>", methods=["GET", "POST"])
def change(skill_id: str) -> ResponseReturnValue:
    """Other words for one."""
    user = _keeper()
    skill = get_skill(skill_id)
    form = SkillForm(data=stored_text(skill))
    if form.validate_on_submit():
        with form.catch():
            services.change_skill(user, skill, form.text(), at=clock.now())
            flash(_("%(name)s tersimpan.", name=skill.name), "success")
            return redirect(url_for("skills.framework"))
    return render_template("skills/skill.html", form=form, skill=skill), form.status


@blueprint.post("/admin/keterampilan/<skill_id>/<any(naik,turun,hentikan,pakai):step>")
def place(skill_id: str, step: str) -> ResponseReturnValue:
    """Up, down, out of use, or in use again."""
    user = _keeper()
    skill, now = get_skill(skill_id), clock.now()
    if step == "hentikan":
        services.retire_skill(user, skill, at=now)
        flash(_("%(name)s tidak ditanyakan lagi. Yang sudah dinilai tetap tersimpan.", name=skill.name))
    elif step == "pakai":
        services.restore_skill(user, skill, at=now)
        flash(_("%(name)s dipakai lagi.", name=skill.name), "success")
    else:
        services.move_skill(user, skill, up=step == "naik", at=now)
    return redirect(url_for("skills.framework"))
