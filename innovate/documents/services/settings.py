"""Choosing letterhead, number pattern and signer. Papers that were issued keep what they were made with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.accounts.domain.nip import Nip, normalise, parse
from innovate.audit.services import record
from innovate.core.db import db
from innovate.core.errors import Refused, require
from innovate.core.glyphs import SQUARE, replace_unknown
from innovate.documents import policy
from innovate.documents.domain.numbering import find_fault
from innovate.documents.models import PaperSettings
from innovate.documents.queries.settings import read_settings
from innovate.documents.services.numbered import hold_numbers
from innovate.events.policy import Actor

FIELDS = (
    "government",
    "institution",
    "address",
    "pattern",
    "unit_code",
    "place",
    "signer_name",
    "signer_position",
    "signer_nip",
    "copies",
)
FAULTS = {
    "empty": _l("Tuliskan pola nomor."),
    "long": _l("Pola nomor paling panjang 80 karakter."),
    "brace": _l("Kurung kurawal pada pola nomor tidak berpasangan."),
    "missing": _l("Pola nomor harus memuat {nomor} dan {tahun}."),
    "unknown": _l("Pola nomor hanya mengenal {nomor}, {kode}, {unit}, {bulan}, dan {tahun}."),
}
NIP_WRONG = _l("NIP ini tidak benar. NIP terdiri atas 18 angka yang dimulai dengan tanggal lahir.")


def save_settings(actor: Actor, values: Mapping[str, str], *, at: datetime) -> PaperSettings:
    """Keep how papers are written from now on."""
    require(policy.can_issue(actor))
    fault = find_fault(values["pattern"])
    if fault is not None:
        raise Refused(FAULTS[fault.partition(":")[0]], field="pattern")
    for name in FIELDS:
        check_signs(name, values[name])
    nip = normalise(values["signer_nip"])
    require(not nip or isinstance(parse(nip), Nip), Refused(NIP_WRONG, field="signer_nip"))
    hold_numbers(actor.event)
    row = read_settings(actor.event)
    before = {name: getattr(row, name) for name in FIELDS}
    after = {name: values[name].strip() for name in FIELDS} | {"signer_nip": nip}
    for name, value in after.items():
        setattr(row, name, value)
    db.session.add(row)
    db.session.flush()
    changed = [name for name in FIELDS if before[name] != after[name] and name != "signer_nip"]
    record(
        "documents.settings",
        actor_id=actor.user_id,
        at=at,
        object_type="event",
        object_id=actor.event.id,
        event_id=actor.event.id,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    return row


def check_signs(name: str, typed: str) -> None:
    """Refused with the place of what the fonts of papers have no letter for."""
    for at, line in enumerate(typed.splitlines(), 1):
        for word in line.split():
            if replace_unknown(word) != word and SQUARE in replace_unknown(word):
                said = _l(
                    "Baris %(line)s: “%(word)s” memuat huruf yang tidak dapat dicetak.", line=at, word=word
                )
                raise Refused(said, field=name)
