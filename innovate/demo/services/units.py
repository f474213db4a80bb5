"""The units' side of the demo: who coordinates them, and proposals that go through them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from innovate.accounts.models import Unit
from innovate.demo.domain.cast import CAST
from innovate.demo.domain.papers import make_pdf
from innovate.demo.services.entries import Entry
from innovate.demo.services.stage import Stage, World
from innovate.endorsement.queries.chains import find_chain
from innovate.endorsement.services import asking, deciding, talk
from innovate.endorsement.services.coordinators import appoint_coordinator
from innovate.endorsement.services.letters import NewLetter, Sent
from innovate.endorsement.services.paper import Sheet, enter_paper
from innovate.events.policy import Actor
from innovate.ideas.queries.ideas import get_idea

_KEYS = {sign_in.name: sign_in.key for sign_in in CAST}
_HEADS = {"kecamatan": "Camat", "rsud": "Direktur", "bumd": "Direktur Utama", "inspektorat": "Inspektur"}
_MAX_BYTES = 1_000_000
_WITHOUT = {"satpol-pp"}  # nobody coordinates it: the secretariat stands in


def appoint(world: World, at: datetime) -> None:
    """Every unit on top of the tree gets a coordinator; the sign-in `koordinator` has the health office."""
    admin = world.people[_KEYS["admin"]]
    draw = Random("koordinator")
    for code, unit in world.units.items():
        if unit.parent_id is None and code not in _WITHOUT:
            key = _KEYS["koordinator"] if code == "dinkes" else _invent(world, code, draw)
            appoint_coordinator(admin, unit, email=world.people[key].email, at=at)
            world.coordinators[unit.id] = key


def _invent(world: World, code: str, draw: Random) -> str:
    """A person of the unit who joins no team."""
    key = world.register.invent(code, draw)
    world.register.by_owner[code].remove(key)
    world.people[key].position = "Analis Kebijakan Ahli Muda"
    return key


def coordinator_of(stage: Stage, entry: Entry) -> Actor:
    """Who answers for the entry's unit; the secretariat where nobody does."""
    key = _find_coordinator(stage.world, stage.world.units.get(entry.unit))
    return stage.actor(key or _KEYS["sekretariat"])


def _find_coordinator(world: World, unit: Unit | None) -> str:
    """The coordinator of the unit on top of this one."""
    by_id = {each.id: each for each in world.units.values()}
    while unit is not None and unit.parent_id is not None:
        unit = by_id[unit.parent_id]
    return world.coordinators.get(unit.id, "") if unit else ""


def ask(stage: Stage, entry: Entry, at: datetime) -> None:
    """The captain asks the unit."""
    idea = get_idea(stage.event.id, entry.begun.public_id)
    asking.ask_unit(
        stage.actor(entry.members[0]), idea, version=idea.version, in_gallery=entry.in_gallery, at=at
    )


def endorse(stage: Stage, entry: Entry, at: datetime) -> None:
    """The coordinator uploads the letter of the head of unit."""
    idea = get_idea(stage.event.id, entry.begun.public_id)
    unit = stage.world.units.get(entry.unit)
    name = unit.name if unit else entry.unit
    head = _HEADS.get(unit.kind.value, "Kepala") if unit else "Pimpinan"
    number = f"000.9/{100 + idea.id}/{at.year}"
    paragraphs = [
        f"Nomor: {number}",
        f"{head} {name} mengesahkan usulan {entry.title} dari {entry.team_name} untuk diajukan ke {stage.event.name}.",
        "Dokumen contoh dari data peraga Innovate. Nama, angka, dan peristiwa di dalamnya rekaan.",
    ]
    content = make_pdf(f"Surat pengesahan: {entry.title}", paragraphs)
    letter = NewLetter(
        Sent(f"Surat pengesahan {entry.title}.pdf", content, _MAX_BYTES),
        head_name=f"Pimpinan {unit.label if unit else name} (rekaan)",
        head_position=f"{head} {name}"[:200],
        number=number,
        day=at.date(),
    )
    deciding.endorse(coordinator_of(stage, entry), idea, seen=_seen(entry), letter=letter, at=at)


def send(stage: Stage, entry: Entry, at: datetime) -> None:
    """The coordinator hands in."""
    idea = get_idea(stage.event.id, entry.begun.public_id)
    deciding.hand_in_for_team(coordinator_of(stage, entry), idea, seen=_seen(entry), at=at)


def go_through(stage: Stage, entry: Entry, at: datetime) -> None:
    """The whole way within an hour and a half."""
    ask(stage, entry, at)
    plan = stage.world.history.plan
    plan(at + timedelta(minutes=50), partial(endorse, stage, entry))
    plan(at + timedelta(minutes=75), partial(send, stage, entry))


def play_states(stage: Stage, entry: Entry, state: str, at: datetime) -> None:
    """Leave a proposal where it is in its unit: `waiting`, `returned` or `endorsed`."""
    ask(stage, entry, at)
    plan = stage.world.history.plan
    if state == "waiting":
        words = (
            "Mohon diperiksa sebelum Jumat, Bu. Angka kunjungan sudah kami cocokkan dengan laporan bulanan."
        )
        plan(at + timedelta(minutes=20), lambda at: _say(stage, entry, words, at))
    elif state == "returned":
        plan(at + timedelta(hours=2), lambda at: _return(stage, entry, at))
    else:
        plan(at + timedelta(hours=2), partial(endorse, stage, entry))


def _say(stage: Stage, entry: Entry, words: str, at: datetime) -> None:
    idea = get_idea(stage.event.id, entry.begun.public_id)
    talk.comment(stage.actor(entry.members[0]), idea, text=words, at=at)


def _return(stage: Stage, entry: Entry, at: datetime) -> None:
    idea = get_idea(stage.event.id, entry.begun.public_id)
    reason = (
        "Manfaatnya sudah jelas, tetapi biaya tahun berikutnya belum disebut. Tambahkan sumber anggarannya pada bagian "
        "keberlanjutan, lalu ajukan lagi."
    )
    deciding.return_to_team(coordinator_of(stage, entry), idea, seen=_seen(entry), reason=reason, at=at)


def _seen(entry: Entry) -> str:
    chain = find_chain(entry.begun.id)
    if chain is None:
        raise LookupError(entry.key)
    return deciding.seen_mark(chain)


def enter_on_paper(stage: Stage, unit: str, at: datetime) -> None:
    """The secretariat records what a unit brought on paper; nobody has typed its text yet."""
    content = make_pdf("Proposal SEDEKAH BIBIT", ["Pindaian rekaan dari data peraga Innovate."])
    tracks = {track.code: track.id for track in stage.event.tracks}
    sheet = Sheet(
        team="Tim Kebun Warga",
        title="SEDEKAH BIBIT",
        members=("Rosidah", "Muhammad Yani"),
        unit_id=stage.world.units[unit].id,
        group_id=stage.event.groups[0].id,
        track_id=tracks.get("lingkungan"),
        contact_name="Rosidah",
        contact_email="rosidah@kelurahan.example",
        contact_phone="",
        received_on=date.fromordinal(at.date().toordinal() - 1),
    )
    enter_paper(stage.actor(_KEYS["sekretariat"]), sheet, [Sent("proposal.pdf", content, _MAX_BYTES)], at=at)
