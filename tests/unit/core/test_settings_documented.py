"""Every setting the program reads is explained in one place, and the example names no other."""

import re
from pathlib import Path

import config

ROOT = Path(__file__).parents[3]
BARE = {"DATABASE_URL", "REDIS_URL", "MAIL_URL"}
ELSEWHERE = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}


def settings() -> set[str]:
    source = (ROOT / "config.py").read_text()
    spelled = set(re.findall(r'"(INNOVATE_[A-Z_]+)"', source))
    looked_up = re.findall(r'_lookup\(env, "([A-Z_]+)"\)', source)
    keys = (*config._TEXTS, *config._NUMBERS, *looked_up)
    composed = {key if key in BARE else f"INNOVATE_{key}" for key in keys}
    return spelled | composed


def test_operations_explains_every_setting() -> None:
    text = (ROOT / "docs" / "operations.md").read_text()
    explained = set(re.findall(r"^\| `([A-Z_]+)`", text, re.MULTILINE))
    assert settings() - explained == set()
    assert explained - settings() == {"HOST"}


def test_the_example_names_only_settings_that_exist() -> None:
    text = (ROOT / "deploy" / "innovate.env.example").read_text()
    named = set(re.findall(r"^#?([A-Z_]+)=", text, re.MULTILINE))
    assert named - settings() - ELSEWHERE == set()
