"""Every address of the product, for everybody, while a ranking is sealed: what is hidden changes nothing of any answer.

The world of the permission matrix is judged with marks that stand nowhere else, announced and withdrawn. Then, in every
sealed state, every page is read by everybody who may not see results. Between the readings the jury's marks are turned
upside down. The answers must be the same to the byte: headers, numbers, the order of lists, tags, files with what is
packed in them. A page that differs has told something of what is sealed, whatever it said.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import pypdfium2
import pytest
from flask import Flask
from werkzeug.test import Cookie

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.core.web.mail_text import render_mail
from innovate.deliberation.models import Deliberation
from innovate.events.domain.seal import BoardState as S
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.notifications.models import OutboxMail
from innovate.results.domain.bundle.inputs import Publication
from innovate.results.models import StandingRow
from innovate.results.queries.boards import compute_board, get_board
from innovate.results.services.packing import start_pack
from innovate.results.services.rules import begin_rules
from innovate.scoring.models.ballots import Ballot
from innovate.tasks.services import run_here
from tests.factories.addresses import address_of
from tests.factories.boards import LADDER, climb
from tests.factories.build import NOW, make_assignment, make_ballot, make_idea, make_team, make_user
from tests.factories.bundles import make_result_bundle
from tests.factories.house import COOKIE, rules_of
from tests.factories.world import World, build_world
from tests.web.permission_table import ALL, TABLE

# Everybody but those who see results of a sealed board: organizers, auditors, from its provisional state the chair.
OTHERS = (
    "visitor",
    "stranger",
    "captain",
    "member",
    "other_captain",
    "secretariat",
    "juror",
    "other_juror",
    "mentor",
    "foreign_organizer",
    "foreign_juror",
    "site_organizer",
)
# Read again in every state: who stands near.
CLOSE = ("visitor", "captain", "secretariat", "juror")
ALOOF = ("accounts", "admin", "notifications", "offline", "tasks")  # features that know nothing of results
TYPICAL = ("visitor", "captain", "juror")
GROWS = "privacy.seen"  # who read one's data: every reading of this test adds to it
TELLS_STATE = "/kelola/kertas"  # whether sheets of paper may still be keyed in
TO_TEAM, TO_JURY, WHY = "Komentar-7QX untuk tim", "Catatan-9ZK untuk juri", "Paling hemat kertas."
JURORS = ("Zulkarnaen Qodri", "Yosefina Wemper")
ENTRIES = ("ULIN", "AMAN", "ZAITUN", "MELAYU", "BESTARI")
# Totals of two jurors for PARIT KITA and the entries (the last by one alone); their means stand nowhere else.
TOTALS = ((61.317, 93.171, 31.713, 83.137, 17.371, 71.731), (57.713, 88.371, 44.137, 79.317, 28.731))
# What is said about a result in an address.
MORE = (
    "/k/{slug}/peringkat?babak=1",
    "/k/{slug}/peringkat?babak=1&kelompok=A&q=ULIN",
    "/k/{slug}/peringkat/unduh.xlsx?babak=1",
    "/k/{slug}/peringkat/bukti.zip?babak=1",
    "/k/{slug}/peringkat/{idea}?babak=1",
    "/k/{slug}/galeri?q=ULIN",
    "/k/{slug}/galeri?urut=nilai",
    "/k/{slug}/tim?urut=nilai",
    "/k/{slug}/usulan?urut=nilai",
    "/kompetisi?q=ULIN",
)
TOKENS = re.compile(rb'"token":"[^"]*"|name="(?:csrf_token|csrf-token|form_owner|owner|slip)"[^>]*>')

Answers = dict[tuple[str, str], bytes]  # by role and address


@dataclass
class House:
    """The world with more entries, and everybody's browser."""

    world: World
    app: Flask
    idea: Idea
    ballots: list[Ballot] = field(default_factory=list)
    cookies: Mapping[str, Cookie | None] = field(default_factory=dict)
    doors: list[tuple[str, str]] = field(default_factory=list)  # (endpoint, address)

    @property
    def organizer(self) -> User:
        return self.world.users["organizer"]

    def climb(self, *states: S) -> None:
        climb(self.world.event, self.organizer, *states)
        db.session.commit()

    def turn_marks(self, first: int) -> None:
        """The jury's marks, the other way round: the best becomes the last."""
        for ballot in self.ballots:
            ballot.total = 100 - float(ballot.total or 0)
            ballot.comment_team, ballot.comment_internal = f"{TO_TEAM} {first}", f"{TO_JURY} {first}"
        db.session.commit()

    def read(self, role: str, address: str) -> bytes:
        """Everything that comes back: status, headers, body and what is packed in it."""
        client = self.app.test_client()
        if cookie := self.cookies[role]:
            client.set_cookie(COOKIE, cookie.value)
        answer = client.get(address)
        kept = sorted(
            f"{k}: {v}" for k, v in answer.headers if k not in {"Date", "X-Request-ID", "Set-Cookie"}
        )
        return f"{answer.status}\n{kept}\n".encode() + TOKENS.sub(b"", unpack(answer.data))


def unpack(body: bytes) -> bytes:
    """A body; of an archive or workbook its parts."""
    if not body.startswith(b"PK\x03\x04"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return b"\n".join(unpack(archive.read(name)) for name in archive.namelist())


@pytest.fixture
def house(app, sign_in_as) -> House:
    """Announced once with real marks, whatever an announcement leaves behind, and withdrawn to be corrected."""
    world = build_world()
    organizer = world.users["organizer"]
    climb(world.event, organizer, S.ANNOUNCED, S.PROVISIONAL)
    world.round.peers_opened_at = world.round.peers_opened_by_id = (
        None  # who has seen peers' marks knows them
    )
    db.session.query(Deliberation).delete()
    jury = [make_user(name=name) for name in JURORS]
    ideas = [
        make_idea(
            make_team(world.event, group_id=world.team.group_id),
            state=IdeaState.ELIGIBLE,
            title=title,
            in_gallery=True,
        )
        for title in ENTRIES
    ]
    house = House(world, app, ideas[0])
    house.ballots = [
        make_ballot(
            make_assignment(world.round, idea, juror),
            [4, 3, 4, 3, 4],
            total=total,
            comment_team=TO_TEAM,
            comment_internal=TO_JURY,
        )
        for juror, totals in zip(jury, TOTALS, strict=True)
        for idea, total in zip([world.idea, *ideas], totals, strict=False)
    ]
    begin_rules(world.round, None)  # the fair score, with all that is told about it
    climb(world.event, organizer, *LADDER[1:])
    board = get_board(get_actor(world.event.slug, organizer).event, 1).board
    for publication in Publication:
        make_result_bundle(board.snapshot_id, publication)
    run_here(start_pack(get_actor(world.event.slug, organizer), locale="id", at=NOW), at=NOW)
    house.cookies = {"visitor": None} | {
        name: sign_in_as(user).get_cookie(COOKIE) for name, user in world.users.items()
    }
    rules = {rule.endpoint: rule for key, rule in sorted(rules_of(app).items()) if key.startswith("GET ")}
    house.doors = [
        (endpoint, address_of(app, rule, world)) for endpoint, rule in rules.items() if endpoint != GROWS
    ]
    named = {"slug": world.event.slug, "idea": ideas[0].public_id}
    house.doors += [("", address.format(**named)) for address in MORE]
    db.session.commit()
    return house


def told_by(house: House) -> list[bytes]:
    """What would give the result away: scores as either language writes them, and what the jury wrote."""
    return [text.encode() for text in (*scores_of(house), TO_TEAM, TO_JURY, WHY, *JURORS)]


def scores_of(house: House) -> set[str]:
    """Every mean and score as the ballots are now, that is not a single juror's mark."""
    event = get_actor(house.world.event.slug, house.organizer).event
    rows = compute_board(event, get_board(event, 1)).rows
    texts = {f"{value:.2f}" for row in rows for value in (row.score, row.raw) if value is not None}
    found = texts - {f"{ballot.total:.2f}" for ballot in house.ballots}
    scores = {text for text in found if not text.endswith("00")}
    assert len(scores) >= len(ENTRIES)
    return {form for text in scores for form in (text, text.replace(".", ","))}


def read_all(house: House, roles: Collection[str], apart: Collection[str] = ()) -> Answers:
    """Every page that each of the roles gets into, but none of the features `apart`."""
    return {
        (role, address): house.read(role, address)
        for role in roles
        for endpoint, address in house.doors
        if gets_in(role, endpoint) and endpoint.split(".")[0] not in apart
    }


def gets_in(role: str, endpoint: str) -> bool:
    """By the table; what is open to all, or aloof, is read by a visitor, a team and a juror for all the others."""
    if not endpoint:
        return True
    may = TABLE[f"GET {endpoint}"]
    is_common = may == ALL or endpoint.split(".", maxsplit=1)[0] in ALOOF
    return role in may and (role in TYPICAL or not is_common)


def expect_same(before: Answers, now: Answers, state: str) -> None:
    changed = [
        (*key, *difference(before[key], answer))
        for key, answer in now.items()
        if before[key] != answer and not key[1].endswith(TELLS_STATE)
    ]
    assert not changed, f"{state}: " + "\n".join(map(str, changed[:12]))


def difference(one: bytes, other: bytes) -> tuple[bytes, bytes]:
    """The first place where two answers part."""
    at = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return one[max(0, at - 60) : at + 60], other[max(0, at - 20) : at + 60]


def test_nothing_sealed_changes_any_answer_to_anybody(house: House) -> None:
    slug = house.world.event.slug
    told = told_by(house)
    # As announced, the same readers find all of it: else nothing below would mean anything.
    public = house.read("visitor", f"/k/{slug}/peringkat") + house.read(
        "visitor", f"/k/{slug}/peringkat/unduh.xlsx"
    )
    assert sum(text in public for text in told) > 4
    own = house.read("captain", f"/k/{slug}/usulan/{house.world.idea.public_id}/masukan")
    assert TO_TEAM.encode() in own
    assert TO_JURY.encode() not in own

    house.climb(S.ANNOUNCED, S.SIGNED)
    sealed = read_all(house, OTHERS)
    assert len(sealed) > 400
    for (role, address), answer in sealed.items():
        found = [text for text in told if text in answer]
        assert not found, (role, address, found)
    order = [row.title.encode() for row in ranked(house)]
    for (role, address), answer in sealed.items():
        if all(title in answer for title in order):
            assert sorted(order, key=answer.index) not in (order, order[::-1]), (role, address)

    house.climb(S.SIGNED, S.PROVISIONAL)
    house.turn_marks(1)
    expect_same(sealed, read_all(house, CLOSE, apart=ALOOF), "provisional")
    house.climb(S.PROVISIONAL, S.COLLECTING)
    expect_same(sealed, read_all(house, CLOSE, apart=ALOOF), "collecting")
    expect_chair_blind(house)
    house.climb(*LADDER[:3])
    expect_same(sealed, read_all(house, CLOSE, apart=ALOOF), "frozen")
    expect_mails_silent(told)


def ranked(house: House) -> list[StandingRow]:
    """The rows of the withdrawn announcement in order."""
    query = db.session.query(StandingRow).filter(
        StandingRow.title.in_(ENTRIES), StandingRow.rank.is_not(None)
    )
    return query.order_by(StandingRow.snapshot_id.desc(), StandingRow.position).limit(len(ENTRIES)).all()


def expect_chair_blind(house: House) -> None:
    """While collecting the chair reads ballots one by one, but no mean of them, anywhere."""
    scores = [text.encode() for text in scores_of(house)]
    for (_role, address), answer in read_all(house, ("chair",), apart=ALOOF).items():
        told = readable(answer)  # not the end of another number: 9.23 of 09.23
        assert not [text for text in scores if re.search(rb"(?<![\d.,])" + re.escape(text), told)], address


def readable(answer: bytes) -> bytes:
    """The words of a PDF; anything else as it is. Its drawing is full of numbers."""
    if not answer.startswith(b"%PDF"):
        return answer
    pages = pypdfium2.PdfDocument(answer)
    return "".join(page.get_textpage().get_text_bounded() for page in pages).encode()


def expect_mails_silent(told: Collection[bytes]) -> None:
    """Of everything that was sent on the way there and back."""
    for mail in db.session.query(OutboxMail).filter(OutboxMail.context != {}):
        for locale in ("id", "en"):
            text = render_mail(mail.template, mail.context, locale)
            body = f"{text.subject} {text.text} {text.html}".encode()
            assert not [each for each in told if each in body], mail.template
