"""The blueprint of learning."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("learning", __name__, url_prefix="/pelatihan")
