"""What a feature's routes may configure when the application is built."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask
from flask_login import LoginManager
from flask_wtf import CSRFProtect


@dataclass(frozen=True)
class Plumbing:
    """The application and its extensions, given to a routes module's `init_app`."""

    app: Flask
    csrf: CSRFProtect
    login: LoginManager
