"""Settings: what production refuses, how values are read, and that the documentation names each of them."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from config import ConfigError, config_from_env, normalise_database_url, server_settings_from_env

ROOT = Path(__file__).parents[2]
SECRET = "0123456789abcdef" * 2
SITE = "https://inovasi.example.go.id"


def production(**values: str):
    needed = {"INNOVATE_ENV": "production", "INNOVATE_SECRET_KEY": SECRET, "INNOVATE_PUBLIC_URL": SITE}
    return config_from_env(needed | values)


def development(tmp_path: Path, **values: str):
    return config_from_env({"INNOVATE_INSTANCE_PATH": str(tmp_path)} | values)


def test_production_starts_with_a_key_and_its_address() -> None:
    config = production()
    assert config.ENV_NAME == "production"
    assert (config.SESSION_COOKIE_SECURE, config.SESSION_COOKIE_HTTPONLY) == (True, True)
    assert config.SESSION_COOKIE_SAMESITE == "Lax"
    assert config.ALLOW_DEMO_ACCOUNTS is False
    assert (config.DEBUG, config.TESTING) == (False, False)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"INNOVATE_SECRET_KEY": ""}, "INNOVATE_SECRET_KEY must be set in production.*openssl rand"),
        ({"INNOVATE_SECRET_KEY": "x" * 31}, "INNOVATE_SECRET_KEY must have at least 32 characters"),
        ({"INNOVATE_PUBLIC_URL": ""}, "INNOVATE_PUBLIC_URL must be set in production"),
        ({"INNOVATE_PUBLIC_URL": "inovasi.example.go.id"}, "INNOVATE_PUBLIC_URL must be a full address"),
        ({"INNOVATE_PUBLIC_URL": "ftp://a.example"}, "INNOVATE_PUBLIC_URL must be a full address"),
        ({"INNOVATE_ENV": "prod"}, "INNOVATE_ENV must be one of development, test, production, not 'prod'"),
        ({"INNOVATE_LOG_FORMAT": "xml"}, "INNOVATE_LOG_FORMAT must be one of text, json, not 'xml'"),
        ({"INNOVATE_LOG_LEVEL": "loud"}, "INNOVATE_LOG_LEVEL must be one of DEBUG, INFO"),
    ],
)
def test_production_refuses(values, message) -> None:
    with pytest.raises(ConfigError, match=message):
        production(**values)


def test_production_answers_to_its_own_names_only() -> None:
    assert production().TRUSTED_HOSTS == ["inovasi.example.go.id", "localhost", "127.0.0.1", "[::1]"]
    more = production(INNOVATE_TRUSTED_HOSTS="lomba.example.go.id, .internal.example,")
    assert more.TRUSTED_HOSTS[-2:] == ["lomba.example.go.id", ".internal.example"]


def test_development_answers_to_any_name_and_keeps_a_key_of_its_own(tmp_path) -> None:
    config = development(tmp_path)
    assert config.TRUSTED_HOSTS is None
    assert len(config.SECRET_KEY) == 64
    assert development(tmp_path).SECRET_KEY == config.SECRET_KEY
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert development(tmp_path / "other").SECRET_KEY != config.SECRET_KEY


@pytest.mark.parametrize(
    "name", ["TRUSTED_PROXIES", "SESSION_DAYS", "MAX_UPLOAD_MB", "PAGE_CACHE_SECONDS", "ACCESS_LOG"]
)
def test_numbers_are_whole_numbers(tmp_path, name) -> None:
    assert getattr(development(tmp_path, **{f"INNOVATE_{name}": "3"}), name) == 3
    for wrong in ("three", "-1", "1.5", "²", "٣", "1e3"):
        with pytest.raises(ConfigError, match=f"INNOVATE_{name} must be a whole number"):
            development(tmp_path, **{f"INNOVATE_{name}": wrong})


def test_zero_is_taken_only_where_it_means_off(tmp_path) -> None:
    off = {f"INNOVATE_{name}": "0" for name in ("TRUSTED_PROXIES", "PAGE_CACHE_SECONDS", "ACCESS_LOG")}
    assert development(tmp_path, **off).PAGE_CACHE_SECONDS == 0
    for name in ("SESSION_DAYS", "MAX_UPLOAD_MB"):
        with pytest.raises(ConfigError, match=f"INNOVATE_{name} must be at least 1"):
            development(tmp_path, **{f"INNOVATE_{name}": "0"})
    with pytest.raises(ConfigError, match="INNOVATE_WORKERS must be at least 1"):
        server_settings_from_env({"INNOVATE_WORKERS": "0"})


def test_a_request_may_hold_one_upload_and_its_form(tmp_path) -> None:
    assert development(tmp_path, INNOVATE_MAX_UPLOAD_MB="5").MAX_CONTENT_LENGTH == 6 * 1024 * 1024


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgres://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgresql://u@/d?host=/run", "postgresql+psycopg://u@/d?host=/run"),
        ("postgresql+psycopg://h/d", "postgresql+psycopg://h/d"),
        ("sqlite:////var/lib/x.sqlite3", "sqlite:////var/lib/x.sqlite3"),
    ],
)
def test_the_database_address_names_the_driver(given, used) -> None:
    assert normalise_database_url(given) == used
    assert used == production(DATABASE_URL=given).SQLALCHEMY_DATABASE_URI


def test_everything_lies_in_the_instance_folder_unless_told_otherwise(tmp_path) -> None:
    config = development(tmp_path)
    assert f"sqlite:///{tmp_path}/innovate.sqlite3" == config.SQLALCHEMY_DATABASE_URI
    assert f"file://{tmp_path}/files" == config.FILES_URL
    assert f"sqlite:///{tmp_path}/queue.sqlite3" == config.QUEUE_URL
    assert development(tmp_path, REDIS_URL="redis://r").QUEUE_URL == "redis://r"
    both = development(tmp_path, REDIS_URL="redis://r", INNOVATE_QUEUE_URL="redis://q")
    assert both.QUEUE_URL == "redis://q"


def test_a_prefixed_name_wins_over_the_common_one(tmp_path) -> None:
    config = development(tmp_path, MAIL_URL="smtp://a", INNOVATE_MAIL_URL="smtp://b", SECRET_KEY="ignored")
    assert config.MAIL_URL == "smtp://b"
    assert config.SECRET_KEY != "ignored"


def test_the_server_has_settings_of_its_own() -> None:
    usual = server_settings_from_env({})
    assert (usual.bind, usual.workers, usual.threads) == ("127.0.0.1:8000", 2, 4)
    given = {"INNOVATE_BIND": "unix:/run/web.sock", "INNOVATE_WORKERS": "3", "INNOVATE_THREADS": "8"}
    told = server_settings_from_env(given)
    assert (told.bind, told.workers, told.threads) == ("unix:/run/web.sock", 3, 8)


class Asked(Mapping):
    """An environment that remembers what it was asked for."""

    def __init__(self, values: dict[str, str]) -> None:
        self.values, self.names = values, set()

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        return self.values[name]

    def __iter__(self):
        return iter(self.values)

    def __len__(self) -> int:
        return len(self.values)


def test_the_documentation_lists_every_setting_and_no_other() -> None:
    needed = {"INNOVATE_ENV": "production", "INNOVATE_SECRET_KEY": SECRET, "INNOVATE_PUBLIC_URL": SITE}
    asked = Asked(needed)
    config_from_env(asked)
    server_settings_from_env(asked)
    common = {"DATABASE_URL", "REDIS_URL", "MAIL_URL"}
    read = asked.names - {f"INNOVATE_{name}" for name in common}
    assert common < read
    rows = re.findall(r"^\| (`[A-Z_`, ]+`) \|", (ROOT / "docs/operations.md").read_text(), re.MULTILINE)
    listed = {name for row in rows for name in re.findall(r"[A-Z_]+", row)}
    assert listed - {"HOST", "PORT"} == read  # those two are options of `flask serve`


def test_the_example_names_only_settings_that_are_read() -> None:
    text = (ROOT / "docs/operations.md").read_text()
    example = (ROOT / "deploy/innovate.env.example").read_text()
    named = set(re.findall(r"^#? ?([A-Z_]+)=", example, re.MULTILINE))
    assert named
    assert {name for name in named if f"`{name}`" not in text} == set()
