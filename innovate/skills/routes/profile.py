"""One's own skills: the one page where they are said."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from innovate.core import clock
from innovate.skills.domain.levels import HIGHEST
from innovate.skills.forms import rate_form
from innovate.skills.queries.profiles import load_profile
from innovate.skills.routes.mount import blueprint
from innovate.skills.services.rating import save_profile


@blueprint.route("/akun/keterampilan", methods=["GET", "POST"])
def own() -> ResponseReturnValue:
    """Levels, history, what stands behind them, other words, and who may find me."""
    user = current_user._get_current_object()  # noqa: SLF001
    profile = load_profile(user.id, at=clock.now())
    asked = [line for line in profile.lines if line.skill.retired_at is None]
    form = rate_form(
        [line.skill for line in asked],
        {line.skill.id: line.level for line in asked},
        others=", ".join(user.skills),
        is_shown=profile.is_shown,
    )
    if form.validate_on_submit():
        with form.catch():
            is_shown = bool(form.is_shown.data)
            fresh = save_profile(user, form.levels(), others=form.words(), is_shown=is_shown, at=clock.now())
            text = ngettext("%(num)s tingkat dicatat.", "%(num)s tingkat dicatat.", fresh) if fresh else ""
            flash(" ".join(filter(None, [_("Keterampilan tersimpan."), text])), "success")
            return redirect(url_for("skills.own"))
    page = render_template(
        "skills/own.html", profile=profile, asked=asked, form=form, highest=HIGHEST, user=user
    )
    return page, form.status
