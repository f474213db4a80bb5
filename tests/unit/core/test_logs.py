"""Log lines: readable ones, and JSON for a collector; one line for one record, whatever it holds."""

import json
import logging
import sys

import pytest

from innovate.core.logs import JsonLines, TextLines
from innovate.core.web.request_log import AccessLog


def record(message: str = "tersimpan %s", *args, **extra) -> logging.LogRecord:
    made = logging.makeLogRecord(
        {"msg": message, "args": args, "name": "innovate.x", "levelno": 40, "levelname": "ERROR", **extra}
    )
    made.created = 1_795_401_000.5
    return made


def test_json_holds_everything_in_one_line() -> None:
    line = JsonLines().format(record("baris\nbaru %s", "é", request_id="abc", fields={"status": 200}))
    assert "\n" not in line
    assert json.loads(line) == {
        "time": "2026-11-23T02:30:00.500+00:00",
        "level": "error",
        "logger": "innovate.x",
        "message": "baris\nbaru é",
        "request_id": "abc",
        "status": 200,
    }


def test_json_holds_the_trace() -> None:
    try:
        raise ValueError("sebab")
    except ValueError:
        line = JsonLines().format(record("gagal", exc_info=sys.exc_info()))
    assert json.loads(line)["trace"].endswith("ValueError: sebab")
    assert "\n" not in line


def test_text_names_the_request() -> None:
    line = TextLines().format(record("simpan %d", 3, request_id="abc"))
    assert line == "2026-11-23T02:30:00.500+00:00 ERROR innovate.x [abc] simpan 3"
    assert (
        TextLines().format(record("a", request_id="")) == "2026-11-23T02:30:00.500+00:00 ERROR innovate.x a"
    )


def test_nobody_can_forge_a_line() -> None:
    assert "\n" not in TextLines().format(record("%s", "x\n2026 INFO masuk\r\n"))


@pytest.mark.parametrize("status", ["200 OK", "404 Not Found"])
def test_the_access_log_tells_path_and_status_but_no_query(caplog, status) -> None:
    def app(_environ, start_response):
        start_response(status, [])
        return [b""]

    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/k/lomb\xc3\xa9", "QUERY_STRING": "q=rahasia"}
    with caplog.at_level("INFO", "innovate.access"):
        AccessLog(app)(environ | {"REMOTE_ADDR": "192.0.2.7"}, lambda *_: None)
    (told,) = caplog.records
    assert told.fields | {"ms": 0} == {
        "request_id": "",
        "method": "GET",
        "path": "/k/lombé",
        "status": int(status[:3]),
        "ms": 0,
        "address": "192.0.2.7",
    }
    assert "rahasia" not in caplog.text


def test_the_access_log_tells_of_a_crash(caplog) -> None:
    def app(_environ, _start_response):
        raise OSError("gone")

    with caplog.at_level("INFO", "innovate.access"), pytest.raises(OSError, match="gone"):
        AccessLog(app)({"REQUEST_METHOD": "GET"}, lambda *_: None)
    assert caplog.records[0].fields["status"] == 500
