"""How log lines are written: for people, or as JSON for a collector. On standard error, which systemd keeps."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

from innovate.core.web.request_log import request_id

_TALKATIVE = ("alembic", "fontTools", "huey", "urllib3")


def configure_logs(*, level: str, form: str) -> None:
    """Set up the process's logging: `form` is `text` or `json`. Called once, by the entry point."""
    handler = logging.StreamHandler()
    handler.addFilter(_add_request_id)
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def _add_request_id(record: logging.LogRecord) -> bool:
    record.request_id = request_id()
    return True


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


class TextLines(logging.Formatter):
    """`2026-11-23T02:30:00.000+00:00 ERROR innovate.core [k3v9…] what happened`."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        number = getattr(record, "fields", {}).get("request_id") or getattr(record, "request_id", "")
        parts = [_moment(record), record.levelname, record.name, f"[{number}]" if number else ""]
        # A line break in what somebody sent must not look like a line of its own.
        message = record.message.replace("\r", "\\r").replace("\n", "\\n")
        return " ".join([*filter(None, parts), message])


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Everything a collector can index."""
        values: dict[str, object] = {
            "time": _moment(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": getattr(record, "request_id", ""),
        }
        values |= getattr(record, "fields", {})
        if record.exc_info:
            values["trace"] = self.formatException(record.exc_info)
        return json.dumps({key: value for key, value in values.items() if value != ""}, ensure_ascii=False)
