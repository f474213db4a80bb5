"""The public page “Hitung peringkat”: a visitor's files ranked and forgotten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, RadioField, SelectChoice

from innovate.core import clock
from innovate.core.errors import NotFound, TooMany, require
from innovate.core.spreadsheets import Reason, Row, Unreadable, read_rows
from innovate.core.web.access import public
from innovate.core.web.forms import Form, between, must_choose
from innovate.core.web.unit_of_work import defers_write
from innovate.results.domain.filed.limits import (
    LARGEST_FILE,
    LARGEST_UNPACKED,
    MOST_IDEAS,
    MOST_ITEMS,
    MOST_JURORS,
    MOST_ROWS,
    is_long,
    is_long_voting,
)
from innovate.results.domain.sheets.faults import BadTable
from innovate.results.domain.sheets.rubric import read_rubric
from innovate.results.domain.sheets.scores import read_scores
from innovate.results.domain.sheets.votes import read_votes
from innovate.results.routes.mount import blueprint
from innovate.results.services.reckoning import counter
from innovate.results.words.files import say_fault, say_unreadable

T = TypeVar("T")


class Reckoned(NamedTuple):
    """A ranking as JSON values, and what decided the ties of its ideas."""

    told: dict[str, Any]
    decisions: dict[str, str]


class _FilesForm(Form):
    class Meta(Form.Meta):
        """No token, so that a visitor gets no session."""

        csrf = False


class ScoresForm(_FilesForm):
    """Files of scores and how to rank them."""

    ballots = FileField(_l("Berkas nilai"), [FileRequired(_l("Pilih satu berkas."))])
    rubric = FileField(_l("Berkas rubrik"))
    method = RadioField(
        _l("Cara menghitung"),
        [must_choose()],
        choices=[
            SelectChoice("fair", _l("Nilai adil: ketat dan longgarnya setiap juri diperhitungkan")),
            SelectChoice("fair-spread", _l("Nilai adil yang juga memperhitungkan lebar nilai setiap juri")),
            SelectChoice("raw", _l("Rata-rata biasa")),
        ],
        default="fair",
    )
    top = IntegerField(_l("Berapa besar yang dicari"), [must_choose(), between(1, 100)], default=3)


class VotesForm(_FilesForm):
    """A file of comparisons."""

    votes = FileField(_l("Berkas perbandingan"), [FileRequired(_l("Pilih satu berkas."))])


@blueprint.route("/hitung-peringkat", methods=["GET", "POST"])
@public
@defers_write
def rank_file() -> ResponseReturnValue:
    """Rank a file of scores; nothing of it is kept."""
    form = ScoresForm()
    found: Reckoned | None = None
    if form.validate_on_submit():
        found = _with_files(form, _rank_scores, form.ballots, form.rubric)
    return _show(form, found, "scores")


@blueprint.route("/hitung-peringkat/perbandingan", methods=["GET", "POST"])
@public
@defers_write
def rank_votes() -> ResponseReturnValue:
    """Rank what was compared two at a time."""
    form = VotesForm()
    found: Reckoned | None = None
    if form.validate_on_submit():
        found = _with_files(form, _rank_votes, form.votes)
    return _show(form, found, "votes")


@blueprint.get("/hitung-peringkat/contoh/<name>.csv")
@public
def example_file(name: str) -> ResponseReturnValue:
    """A small file of each kind, to see its form."""
    require(name in _EXAMPLES, NotFound())
    answer = Response(b"\xef\xbb\xbf" + _EXAMPLES[name].encode(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _show(form: _FilesForm, found: Reckoned | None, kind: str) -> ResponseReturnValue:
    files: dict[str, str] = {}
    tracks: dict[str, list[dict[str, Any]]] = {}
    if found:
        from innovate.results.exports.reckoned import link_files

        files = link_files(found.told)
        for row in found.told.get("ideas", ()):
            tracks.setdefault(row["track"] or "", []).append(row)
    page = render_template(
        "results/reckoning.html",
        form=form,
        kind=kind,
        found=found,
        tracks=tracks,
        files=files,
        largest=LARGEST_FILE // (1024 * 1024),
    )
    return page, 200 if found else form.status


def _with_files(form: _FilesForm, work: Callable[..., Reckoned | None], *fields: Any) -> Reckoned | None:
    """Read the files of `fields` and work on them; None with the reason on the form."""
    files = [field.data.read(LARGEST_FILE + 1) if field.data else b"" for field in fields]
    for field, content in zip(fields, files, strict=True):
        if len(content) > LARGEST_FILE:
            _refuse(field, _too_long("rank" if len(fields) > 1 else "pairwise"))
            return None
    try:
        with counter.take(request.remote_addr or "", *filter(None, files), at=clock.now()):
            return work(form, *files)
    except TooMany as error:
        form.refuse(error)
        return None


def _rank_scores(form: ScoresForm, ballots: bytes, rubric: bytes) -> Reckoned | None:
    from innovate.results.domain.fair.draws import SEED
    from innovate.results.domain.filed.rank import rank_scores
    from innovate.results.domain.method import Method
    from innovate.results.exports.rankings import as_json
    from innovate.results.words.places import say_decision

    criteria = _read(form.rubric, rubric, read_rubric, "rank") if rubric else None
    if form.rubric.errors:
        return None
    scores = _read(form.ballots, ballots, lambda rows: read_scores(rows, criteria), "rank")
    if scores is None:
        return None
    if is_long(scores):
        _refuse(form.ballots, _too_long("rank"))
        return None
    ranking = rank_scores(scores, Method(form.method.data), top=form.top.data or 1, seed=SEED)
    said = {row.idea: say_decision(row.decision, ranking.criteria) for row in ranking.ideas if row.decision}
    return Reckoned(as_json(ranking), said)


def _rank_votes(form: VotesForm, content: bytes) -> Reckoned | None:
    from innovate.pairwise.domain.files import rank_votes as rank
    from innovate.results.exports.rankings import votes_as_json

    votes = _read(form.votes, content, read_votes, "pairwise")
    if votes is None:
        return None
    if is_long_voting(votes):
        _refuse(form.votes, _too_long("pairwise"))
        return None
    return Reckoned(votes_as_json(rank(votes)), {})


def _read(field: Any, content: bytes, meaning: Callable[[list[Row]], T], command: str) -> T | None:
    """A file's content as what it means; None with everything that is wrong on its field."""
    try:
        return meaning(read_rows(content, most_rows=MOST_ROWS, largest_unpacked=LARGEST_UNPACKED))
    except Unreadable as error:
        is_big = error.reason in (Reason.TOO_LARGE, Reason.TOO_MANY_ROWS)
        _refuse(field, _too_long(command) if is_big else say_unreadable(error))
    except BadTable as error:
        _refuse(field, *map(say_fault, error.faults))
    return None


def _refuse(field: Any, *sentences: str) -> None:
    field.errors = [*field.errors, *sentences]


def _too_long(command: str) -> str:
    size = LARGEST_FILE // (1024 * 1024)
    if command == "pairwise":
        return _(
            "Berkas ini terlalu besar untuk dihitung di halaman ini (paling banyak %(size)s MB, %(rows)s baris, dan "
            "%(items)s karya). Hitung di komputer sendiri: flask results pairwise PERBANDINGAN.csv",
            size=size,
            rows=MOST_ROWS,
            items=MOST_ITEMS,
        )
    return _(
        "Berkas ini terlalu besar untuk dihitung di halaman ini (paling banyak %(size)s MB, %(rows)s baris, %(ideas)s "
        "karya, dan %(jurors)s juri). Hitung di komputer sendiri: flask results rank NILAI.csv --rubric RUBRIK.csv",
        size=size,
        rows=MOST_ROWS,
        ideas=MOST_IDEAS,
        jurors=MOST_JURORS,
    )


_EXAMPLES = {
    "nilai": "idea,juror,track,Kebaruan,Manfaat\n"
    "Antrean Puskesmas,Juri 1,Digital,82,75\n"
    "Antrean Puskesmas,Juri 2,Digital,90,88\n"
    "Antrean Puskesmas,Juri 3,Digital,78,80\n"
    "Izin Satu Jam,Juri 1,Digital,70,72\n"
    "Izin Satu Jam,Juri 2,Digital,84,80\n"
    "Izin Satu Jam,Juri 3,Digital,74,70\n"
    'Bank Sampah,Juri 1,Non-digital,65,"78,5"\n'
    "Bank Sampah,Juri 2,Non-digital,79,86\n"
    "Rumah Pupuk,Juri 1,Non-digital,60,64\n"
    "Rumah Pupuk,Juri 3,Non-digital,62,70\n",
    "rubrik": "criterion,weight,min,max\nKebaruan,40,0,100\nManfaat,60,0,100\n",
    "perbandingan": "winner,loser,count\n"
    "Antrean Puskesmas,Izin Satu Jam,3\n"
    "Izin Satu Jam,Antrean Puskesmas,1\n"
    "Izin Satu Jam,Bank Sampah,2\n"
    "Bank Sampah,Izin Satu Jam,1\n"
    "Antrean Puskesmas,Bank Sampah,4\n",
}
