"""The templates that come with the product."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from innovate.events.domain.template import Template, parse_template

FOLDER = Path(__file__).resolve().parents[1] / "data" / "templates"
_ORDER = ("kota", "kipp", "hackathon", "ideathon", "empty")


@cache
def load_templates() -> dict[str, Template]:
    """All templates by key, in the order in which they are offered."""
    found = {
        template.key: template
        for template in (parse_template(yaml.safe_load(path.read_text())) for path in FOLDER.glob("*.yaml"))
    }
    return {key: found[key] for key in sorted(found, key=lambda k: (*_ORDER, k).index(k))}


def find_template(key: str) -> Template | None:
    """The template of this key."""
    return load_templates().get(key)
