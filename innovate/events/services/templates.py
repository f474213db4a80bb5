"""The templates that come with the product, and how any template is found by its key."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from innovate.events.domain.template import Template, parse_template
from innovate.events.services.template_yaml import read_yaml

FOLDER = Path(__file__).resolve().parents[1] / "data" / "templates"
_ORDER = ("kota", "kipp", "iga", "hackathon", "ideathon", "empty")


@cache
def load_templates() -> dict[str, Template]:
    """All templates that come with the product by key, in the order in which they are offered."""
    found = {path.stem: parse_template(read_yaml(read_text(path.stem))[0]) for path in FOLDER.glob("*.yaml")}
    return {key: found[key] for key in sorted(found, key=lambda k: (*_ORDER, k).index(k))}


def read_text(key: str) -> str:
    """The YAML of a template that comes with the product."""
    return (FOLDER / f"{key}.yaml").read_text(encoding="utf-8")


def find_template(key: str) -> Template | None:
    """The template of this key that comes with the product."""
    return load_templates().get(key)
