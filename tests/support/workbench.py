"""A small site of the real layouts, macros and scripts, whose answers a test decides."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask, Response, jsonify, make_response, redirect, render_template_string, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import Babel
from jinja2 import StrictUndefined
from werkzeug.serving import make_server

from innovate.core.web.assets import init_assets
from innovate.core.web.security import init_security

ROOT = Path(__file__).resolve().parents[2]


class Visitor:
    """Nobody in particular."""

    is_authenticated = False


@dataclass
class Workbench:
    """The site, what it was sent, and how it is to answer."""

    url: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    sent: list[dict[str, str]] = field(default_factory=list)
    mode: str = "ok"
    delay: float = 0.0
    version: int = 1
    text: str = ""
    token: str = "first"
    signed_in: bool = True
    at_once: int = 0
    most_at_once: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self) -> ResponseReturnValue:
        """One autosave or submit."""
        with self._lock:
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        time.sleep(self.delay)
        try:
            return self._answer(request.form.to_dict())
        finally:
            with self._lock:
                self.at_once -= 1

    def _answer(self, form: dict[str, str]) -> ResponseReturnValue:
        self.sent.append(form)
        if form.get("csrf_token") != self.token:
            return jsonify(error="csrf"), 400
        if not self.signed_in:
            return jsonify(error="signed_out"), 401
        if self.mode != "ok":
            return jsonify(message="Batas waktu sudah lewat.", version=self.version), int(self.mode)
        if form.get("version") != str(self.version):
            return jsonify(version=self.version), 409
        self.version += 1
        self.text = form.get("text", "")
        return jsonify(saved_at="10.42", version=self.version)


@contextmanager
def serving(bench: Workbench) -> Iterator[Workbench]:
    """Serve the workbench on a free port for the block."""
    server = make_server("127.0.0.1", 0, _build(bench), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    bench.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield bench
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _build(bench: Workbench) -> Flask:
    app = Flask("workbench", static_folder=str(ROOT / "static"), template_folder=str(ROOT / "templates"))
    app.secret_key = "workbench"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(ROOT / "innovate/translations/layout")
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    Babel(app, default_locale="id")
    init_assets(app)
    init_security(app)
    _add_template_names(app, bench)
    _add_routes(app, bench)
    return app


def _add_template_names(app: Flask, bench: Workbench) -> None:
    app.jinja_env.filters.update(dict.fromkeys(("datetime", "date", "ago"), _in_figures))
    app.jinja_env.globals.update(has_endpoint=app.view_functions.__contains__, csrf_token=lambda: bench.token)
    app.jinja_env.globals.update(form_owner=lambda _form: "", kept_form=lambda: None, public_url=url_for)
    app.context_processor(
        lambda: {
            "current_user": Visitor(),
            "locale": "id",
            "theme": request.cookies.get("theme", "light"),
            "now": datetime.now(UTC) + bench.values.get("clock_offset", timedelta()),
        }
    )


def _in_figures(value: datetime, _zone: str | None = None) -> str:
    """A plain stand-in for the product's date filters."""
    return value.isoformat()


def _add_routes(app: Flask, bench: Workbench) -> None:
    def show(name: str) -> ResponseReturnValue:
        if not bench.signed_in:
            return redirect("/masuk")
        return render_template_string(bench.pages[name], bench=bench, **bench.values)

    def set_theme() -> Response:
        response = make_response(redirect("/"))
        response.set_cookie("theme", request.form["theme"])
        return response

    app.add_url_rule("/", "home.index", lambda: "")
    app.add_url_rule("/bantuan", "home.help_page", lambda: "")
    app.add_url_rule("/hitung-peringkat", "results.rank_file", lambda: "")
    app.add_url_rule("/dokumen", "documents.check", lambda: "")
    app.add_url_rule("/data-pribadi", "home.privacy", lambda: "")
    app.add_url_rule("/masuk", "accounts.sign_in", lambda: "<title>Masuk</title>")
    app.add_url_rule("/tema", "home.set_theme", set_theme, methods=["POST"])
    app.add_url_rule("/bahasa", "home.set_locale", lambda: "", methods=["POST"])
    app.add_url_rule("/simpan", "save", bench.take, methods=["POST"])
    app.add_url_rule("/<name>", "show", show)
