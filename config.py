"""Settings: the only file that reads the environment. Every variable is listed in docs/operations.md."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent


class ConfigError(RuntimeError):
    """A setting is missing or impossible; the message says which and what to do."""


class Config:
    """What every environment shares. Subclasses and the environment override."""

    ENV_NAME = "development"
    DEBUG = False
    TESTING = False
    SECRET_KEY = ""
    SIGNING_KEY = ""
    INSTANCE_PATH = str(ROOT / "instance")

    SQLALCHEMY_DATABASE_URI = ""
    SQLALCHEMY_ENGINE_OPTIONS: dict[str, Any] = {}
    FILES_URL = ""
    REDIS_URL = ""
    QUEUE_URL = ""
    MAIL_URL = ""
    MAIL_FROM = "Innovate <no-reply@localhost>"
    PUBLIC_URL = ""
    CONTACT = ""
    TRUSTED_PROXIES = 0
    TRUSTED_HOSTS: list[str] | None = None
    ALLOW_DEMO_ACCOUNTS = True

    SESSION_COOKIE_NAME = "innovate"
    SESSION_COOKIE_HTTPONLY = True
    SESSION_COOKIE_SAMESITE = "Lax"
    SESSION_COOKIE_SECURE = False
    SESSION_DAYS = 14
    WTF_CSRF_TIME_LIMIT = None
    MAX_UPLOAD_MB = 20
    YEARLY_JP = 20
    MAX_FORM_MEMORY_SIZE = 2 * 1024 * 1024

    BABEL_DEFAULT_LOCALE = "id"
    BABEL_DEFAULT_TIMEZONE = "Asia/Pontianak"
    LANGUAGES = ("id", "en")

    PAGE_CACHE_SECONDS = 1.0
    CLOCK_FILE = ""
    TEMPLATE_CACHE = ""
    LOG_LEVEL = "INFO"
    LOG_FORMAT = "text"
    ACCESS_LOG = 0
    ARGON2_PARAMETERS: dict[str, int] = {}

    @property
    def MAX_CONTENT_LENGTH(self) -> int:  # noqa: N802 - Flask reads this name
        """Bytes a request body may have: one upload and its form."""
        return (self.MAX_UPLOAD_MB + 1) * 1024 * 1024


class DevelopmentConfig(Config):
    """A laptop: SQLite and files below instance/, sent mail readable at /dev/mail."""


class TestConfig(Config):
    """Tests: an in-memory-like file database chosen by the fixture, cheap password hashing, no page cache."""

    __test__ = False
    ENV_NAME = "test"
    TESTING = True
    SECRET_KEY = "test-secret"  # noqa: S105 - tests only
    SQLALCHEMY_DATABASE_URI = "sqlite://"
    PAGE_CACHE_SECONDS = 0.0
    ARGON2_PARAMETERS = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}


class ProductionConfig(Config):
    """The city's server. Refuses to start without a secret key or with demo accounts."""

    ENV_NAME = "production"
    SESSION_COOKIE_SECURE = True
    ALLOW_DEMO_ACCOUNTS = False


class FilesConfig(Config):
    """Commands on files alone: no environment, no database, nothing written below instance/."""

    ENV_NAME = "test"
    SQLALCHEMY_DATABASE_URI = "sqlite://"
    FILES_URL = "memory://"
    QUEUE_URL = "sqlite://"

    def __init__(self) -> None:
        self.SECRET_KEY = secrets.token_hex(32)


ON_FILES = (
    ("ideas", "similar"),
    ("scoring", "assign"),
    ("results", "rank"),
    ("results", "pairwise"),
    ("results", "verify"),
)  # commands that need nothing but their files
_CLASSES = {"development": DevelopmentConfig, "test": TestConfig, "production": ProductionConfig}
_TEXTS = (
    "SECRET_KEY",
    "SIGNING_KEY",
    "INSTANCE_PATH",
    "FILES_URL",
    "REDIS_URL",
    "QUEUE_URL",
    "MAIL_URL",
    "MAIL_FROM",
    "PUBLIC_URL",
    "CONTACT",
    "CLOCK_FILE",
    "TEMPLATE_CACHE",
    "LOG_LEVEL",
    "LOG_FORMAT",
)
_MAY_BE_ZERO = {"TRUSTED_PROXIES", "PAGE_CACHE_SECONDS", "ACCESS_LOG"}
_CHOICES = {"LOG_LEVEL": ("DEBUG", "INFO", "WARNING", "ERROR"), "LOG_FORMAT": ("text", "json")}
_NUMBERS = (
    "TRUSTED_PROXIES",
    "SESSION_DAYS",
    "MAX_UPLOAD_MB",
    "YEARLY_JP",
    "PAGE_CACHE_SECONDS",
    "ACCESS_LOG",
)


def config_for(arguments: Sequence[str]) -> Config:
    """The settings for a command line: those of the environment, unless the command works on files alone."""
    works_on_files = any(pair in ON_FILES for pair in pairwise(arguments))
    return FilesConfig() if works_on_files else config_from_env()


def config_from_env(environ: Mapping[str, str] | None = None) -> Config:
    """Build the settings from environment variables named `INNOVATE_*` (and DATABASE_URL, REDIS_URL, MAIL_URL).

    Raises ConfigError naming the variable when one is missing or has an impossible value.
    """
    env = os.environ if environ is None else environ
    name = env.get("INNOVATE_ENV", "development")
    if name not in _CLASSES:
        raise ConfigError(f"INNOVATE_ENV must be one of {', '.join(_CLASSES)}, not {name!r}")
    config = _CLASSES[name]()
    for key in _TEXTS:
        if value := _lookup(env, key):
            setattr(config, key, value)
    for key in _NUMBERS:
        if value := _lookup(env, key):
            setattr(config, key, _whole_number(key, value))
    _set_locations(config, _lookup(env, "DATABASE_URL"))
    _set_secret(config)
    _set_hosts(config, _lookup(env, "TRUSTED_HOSTS"))
    _check_choices(config)
    _check_signing_key(config.SIGNING_KEY)
    return config


@dataclass(frozen=True)
class ServerSettings:
    """How the web server runs (deploy/gunicorn.conf.py)."""

    bind: str
    workers: int
    threads: int


def server_settings_from_env(environ: Mapping[str, str] | None = None) -> ServerSettings:
    """Read where to listen and with how many processes and threads."""
    env = os.environ if environ is None else environ
    return ServerSettings(
        bind=env.get("INNOVATE_BIND") or "127.0.0.1:8000",
        workers=_whole_number("WORKERS", env.get("INNOVATE_WORKERS") or "2"),
        threads=_whole_number("THREADS", env.get("INNOVATE_THREADS") or "4"),
    )


def _lookup(env: Mapping[str, str], key: str) -> str:
    return env.get(f"INNOVATE_{key}") or (
        env.get(key, "") if key in {"DATABASE_URL", "REDIS_URL", "MAIL_URL"} else ""
    )


def _whole_number(key: str, value: str) -> int:
    if not (value.isascii() and value.isdecimal()):
        raise ConfigError(f"INNOVATE_{key} must be a whole number, not {value!r}")
    if int(value) == 0 and key not in _MAY_BE_ZERO:
        raise ConfigError(f"INNOVATE_{key} must be at least 1")
    return int(value)


def _set_locations(config: Config, database_url: str) -> None:
    instance = Path(config.INSTANCE_PATH)
    if database_url:
        config.SQLALCHEMY_DATABASE_URI = normalise_database_url(database_url)
    elif not config.SQLALCHEMY_DATABASE_URI:
        config.SQLALCHEMY_DATABASE_URI = f"sqlite:///{instance / 'innovate.sqlite3'}"
    config.FILES_URL = config.FILES_URL or f"file://{instance / 'files'}"
    config.QUEUE_URL = config.QUEUE_URL or config.REDIS_URL or f"sqlite:///{instance / 'queue.sqlite3'}"


def normalise_database_url(url: str) -> str:
    """Name the psycopg 3 driver where a plain PostgreSQL address is given."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _set_hosts(config: Config, more: str) -> None:
    """In production only known names are answered: a page made for another name could be kept and shown to others."""
    example = "for instance https://inovasi.example.go.id"
    if config.PUBLIC_URL:
        address = urlsplit(config.PUBLIC_URL)
        if address.scheme not in {"http", "https"} or not address.hostname:
            raise ConfigError(f"INNOVATE_PUBLIC_URL must be a full address, {example}")
    if config.ENV_NAME == "production":
        if not config.PUBLIC_URL:
            raise ConfigError(f"INNOVATE_PUBLIC_URL must be set in production, {example}")
        own = [str(urlsplit(config.PUBLIC_URL).hostname), "localhost", "127.0.0.1", "[::1]"]
        config.TRUSTED_HOSTS = [*own, *filter(None, map(str.strip, more.split(",")))]


def _check_choices(config: Config) -> None:
    for key, allowed in _CHOICES.items():
        if getattr(config, key) not in allowed:
            raise ConfigError(
                f"INNOVATE_{key} must be one of {', '.join(allowed)}, not {getattr(config, key)!r}"
            )


def _check_signing_key(value: str) -> None:
    if value and not re.fullmatch("[0-9a-f]{64}", value):
        raise ConfigError(
            "INNOVATE_SIGNING_KEY must have 64 hexadecimal digits; make one with: openssl rand -hex 32"
        )


def _set_secret(config: Config) -> None:
    if config.SECRET_KEY:
        if config.ENV_NAME == "production" and len(config.SECRET_KEY) < 32:
            raise ConfigError("INNOVATE_SECRET_KEY must have at least 32 characters in production")
        return
    if config.ENV_NAME == "production":
        raise ConfigError(
            "INNOVATE_SECRET_KEY must be set in production; make one with: openssl rand -hex 32"
        )
    path = Path(config.INSTANCE_PATH) / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32))
    config.SECRET_KEY = path.read_text().strip()
