"""Writing what papers say. Papers that were issued keep the text they were made with."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.accounts.domain.nip import Nip, normalise, parse
from innovate.audit.services import record
from innovate.core.db import db
from innovate.core.errors import Refused, require
from innovate.documents import policy
from innovate.documents.domain.blanks import Fault, find_faults
from innovate.documents.domain.numbering import find_fault
from innovate.documents.domain.texts import (
    FORMS,
    LONGEST,
    LONGEST_LINE,
    MOST_LINES,
    MOST_SIGNERS,
    ONE_LINE,
    PREFIXES,
    Text,
)
from innovate.documents.models import PaperText
from innovate.documents.queries.texts import HOUSE, Wording, find_text, wording_of
from innovate.documents.services.numbered import hold_numbers
from innovate.documents.services.settings import FAULTS, NIP_WRONG, check_signs
from innovate.events.policy import Actor

_MUST = frozenset({"title"})
CHANGED = _l(
    "Naskah ini baru saja diubah orang lain. Tulisan Anda masih ada di bawah; simpan lagi untuk menggantikan versi itu."
)


def save_text(
    actor: Actor,
    text: Text,
    parts: Mapping[str, str],
    signers: Sequence[Mapping[str, str]],
    *,
    based_on: int,
    at: datetime,
) -> PaperText | None:
    """A new version of what a kind of paper says; None where it says so already. `based_on`: the version changed."""
    require(policy.can_issue(actor))
    checked = check_text(text, parts, signers)
    hold_numbers(actor.event)
    before = find_text(actor.event.id, text)
    version = before.version if before else HOUSE
    require(version == based_on, Refused(CHANGED))
    now = wording_of(text, version, before.parts if before else {})
    if (now.parts, list(now.signers)) == (checked.parts, list(checked.signers)):
        return None
    kept = {**checked.parts, "signers": list(checked.signers)}
    return _add(actor, text, version, kept, at)


def reset_text(actor: Actor, text: Text, *, at: datetime) -> PaperText | None:
    """Back to the house's words, as a version of its own; None where they are in force."""
    require(policy.can_issue(actor))
    hold_numbers(actor.event)
    before = find_text(actor.event.id, text)
    if before is None or not before.parts:
        return None
    return _add(actor, text, before.version, {}, at)


def check_text(text: Text, parts: Mapping[str, str], signers: Sequence[Mapping[str, str]]) -> Wording:
    """The text as it may be printed; Refused with the field and the place of what is wrong."""
    form = FORMS[text]
    tidy = {name: _check_part(name, parts.get(name, ""), form.blanks) for name in form.editable}
    listed = [
        _check_signer(n, each) for n, each in enumerate(signers[:MOST_SIGNERS], 1) if any(each.values())
    ]
    return Wording(text, HOUSE, tidy, tuple(listed) if form.has_signers else (), is_house=False)


def _check_part(name: str, typed: str, blanks: Sequence[str]) -> str:
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in typed.splitlines()]
    text = "\n".join(line for line in lines if line)
    if name == "pattern":
        fault = find_fault(text) if text else None
        require(fault is None, Refused(FAULTS[(fault or "").partition(":")[0] or "empty"], field=name))
        return text
    if name in ONE_LINE:
        text = text.replace("\n", " ")
    require(bool(text) or name not in _MUST, Refused(_l("Bagian ini wajib diisi."), field=name))
    longest = LONGEST_LINE if name in ONE_LINE else LONGEST
    too_long = _l("Paling banyak %(most)d karakter.", most=longest)
    require(len(text) <= longest, Refused(too_long, field=name))
    many = _l("Paling banyak %(most)d baris.", most=MOST_LINES)
    require(text.count("\n") < MOST_LINES, Refused(many, field=name))
    check_signs(name, typed)
    known = () if name == "copies" else blanks
    faults = find_faults("\n".join(lines), known)
    if faults:
        raise Refused(say_fault(faults[0]), field=name, details={"faults": len(faults)})
    return text


def say_fault(fault: Fault) -> Any:
    """Where a placeholder is wrong, and what is probably meant."""
    place = {"line": fault.line, "word": fault.word, "typed": fault.typed}
    if fault.broken and fault.meant:
        return _l(
            "Baris %(line)s, kata %(word)s: kurung kurawal pada %(typed)s tidak lengkap. Maksud Anda %(meant)s?",
            **place,
            meant=fault.meant,
        )
    if fault.broken:
        return _l("Baris %(line)s, kata %(word)s: kurung kurawal pada %(typed)s tidak lengkap.", **place)
    if fault.meant:
        return _l(
            "Baris %(line)s, kata %(word)s: isian %(typed)s tidak dikenal. Maksud Anda %(meant)s?",
            **place,
            meant=fault.meant,
        )
    return _l("Baris %(line)s, kata %(word)s: isian %(typed)s tidak dikenal.", **place)


def _check_signer(number: int, signer: Mapping[str, str]) -> dict[str, str]:
    field = f"signer{number}_position"
    tidy = {name: " ".join(signer.get(name, "").split()) for name in ("prefix", "position", "own", "name")}
    require(tidy["prefix"] in PREFIXES, Refused(_l("Pilih salah satu."), field=field))
    missing = _l("Tuliskan jabatan penanda tangan ini, atau kosongkan semuanya.")
    require(bool(tidy["position"]), Refused(missing, field=field))
    for each in (tidy["position"], tidy["own"], tidy["name"]):
        require(len(each) <= 200, Refused(_l("Paling banyak %(most)d karakter.", most=200), field=field))
    for part in ("position", "own", "name"):
        check_signs(f"signer{number}_{part}", tidy[part])
    nip = normalise(signer.get("nip", ""))
    require(not nip or isinstance(parse(nip), Nip), Refused(NIP_WRONG, field=f"signer{number}_nip"))
    return {**tidy, "nip": nip}


def _add(actor: Actor, text: Text, before: int, parts: dict[str, Any], at: datetime) -> PaperText:
    row = PaperText(
        event_id=actor.event.id,
        text=text,
        version=before + 1,
        parts=parts,
        created_by_id=actor.user_id,
        created_at=at,
    )
    db.session.add(row)
    db.session.flush()
    record(
        "documents.text",
        actor_id=actor.user_id,
        at=at,
        object_type="event",
        object_id=actor.event.id,
        event_id=actor.event.id,
        before={"version": before},
        after={"version": row.version, "paper": text.value},
    )
    return row
