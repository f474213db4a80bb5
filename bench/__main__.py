"""`make bench`: every number beside its reference, measured in the same run."""

from __future__ import annotations

import argparse
import sys

from flask import Flask
from sqlalchemy import select

from bench import (
    ballots,
    bundle,
    certificates,
    draw,
    judging,
    leaders,
    pages,
    pitch,
    scoring_page,
    similar,
    worker,
)
from bench.people import Person, sign_in
from bench.report import Line, Report, machine
from bench.server import Server, flask, running, workplace
from config import config_from_env
from innovate.accounts.models import User
from innovate.app import create_app
from innovate.core.db import db
from innovate.core.serving import ROOT
from innovate.demo.services.scale import ORGANIZER

LEADERBOARD_SHARE = 0.50
PUBLIC_SHARE = 0.30
WORKER_MB = 180
SIZES = {500: 100, 5000: 200}  # entries: milliseconds an organizer may wait


def main() -> int:
    """Run everything, print the tables, keep them in bench/results."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=5, help="measured time of each load (default: 5)")
    seconds = parser.parse_args().seconds
    report = Report()
    print(f"Innovate on {machine()}; web server with 2 workers; loads of {seconds:g} s", flush=True)
    judging.report_all(report)  # first: its memory is measured
    draw.measure_draw(report)
    bundle.measure_bundle(report)
    with workplace() as environment:
        _load(environment)
        app = create_app(config_from_env(environment))
        scoring_page.measure_scoring_pages(report, app, SIZES)
        worker.measure_worker(report, app)
        certificates.measure_certificates(report, app)
        desks = ballots.set_desks(app, "simpan", ballots.DESKS)
        organizer = _organizer(app)
        stage = pitch.set_stage(app, "rapat-500")
        with running(environment, bare=True) as server:
            reference = pages.measure_reference(report, server, seconds)
        with running(environment) as server:
            _measure(report, server, reference, organizer, seconds)
            pitch.measure_polling(report, server, stage, organizer, seconds)
            place = ballots.copy_place(environment)
            bare = ballots.measure_bare_commits(report, app, desks[0], place, seconds)
            ballots.measure_saves(report, server, desks, seconds, bare)
            _measure_memory(report, server)
        similar.measure_draft(report, app, *similar.measure_similar(report))  # last: it fills the database
    with workplace() as environment:
        leaders.measure_leaders(report, environment, create_app(config_from_env(environment)), seconds)
    path = report.save(ROOT / "bench" / "results")
    missed = report.missed()
    print(
        f"\nkept in {path.relative_to(ROOT)}; {len(missed) or 'no'} target{'s' * (len(missed) != 1)} missed"
    )
    return bool(missed)


def _load(environment: dict[str, str]) -> None:
    """Announced boards, rounds in full swing, and a jury with nothing scored yet."""
    for size in SIZES:
        for slug, more in ((f"papan-{size}", ["--announce"]), (f"rapat-{size}", [])):
            print(flask(environment, *_load_command(size, slug), *more).strip(), flush=True)
    print(flask(environment, *worker.load_command()).strip(), flush=True)
    print(
        flask(environment, *_load_command(200, "simpan", ballots.DESKS), "--scored", "0").strip(), flush=True
    )


def _load_command(ideas: int, slug: str, jurors: int = 20) -> list[str]:
    return f"demo load --ideas {ideas} --jurors {jurors} --per-idea 5 --seed 1 --slug {slug}".split()


def _organizer(app: Flask) -> Person:
    with app.app_context():
        user_id = db.session.scalars(select(User.id).where(User.email == ORGANIZER)).one()
    return sign_in(app, user_id)


def _measure(
    report: Report, server: Server, reference: pages.Loads, organizer: Person, seconds: float
) -> None:
    boards = {size: f"/k/papan-{size}/peringkat" for size in SIZES}
    for size, path in boards.items():
        pages.measure_public(
            report,
            server,
            path,
            f"leaderboard of {size:,}",
            reference,
            seconds,
            share=LEADERBOARD_SHARE,
        )
    pages.compare_sizes(report, server, boards[500], boards[5000], seconds)
    for path, what in (("/k/papan-5000", "event"), ("/", "landing")):
        pages.measure_public(report, server, path, what, reference, seconds, share=PUBLIC_SHARE)
    for size, limit_ms in SIZES.items():
        rooms = (
            (f"/k/rapat-{size}/kelola", f"organizer's dashboard, {size:,} entries", limit_ms),
            (f"/k/rapat-{size}/kelola/hasil/1", f"standings recomputed, {size:,} entries", limit_ms),
            (f"/k/papan-{size}/peringkat", f"leaderboard of {size:,}, signed in", 0),
        )
        for path, what, limit in rooms:
            pages.measure_signed_in(report, server, path, what, organizer, seconds, limit_ms=limit)


def _measure_memory(report: Report, server: Server) -> None:
    used = server.megabytes()
    line = Line(
        "largest worker after all this", f"{used:.0f} MB", "", f"<= {WORKER_MB} MB", used <= WORKER_MB
    )
    report.add("Memory", line)


if __name__ == "__main__":
    sys.exit(main())
