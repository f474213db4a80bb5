"""Forms about people."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField

from innovate.core.web.forms import Form, email, required


class SignInForm(Form):
    """Address and password."""

    email = StringField(_l("Surel"), [required(), email()])
    password = PasswordField(_l("Kata sandi"), [required()])
