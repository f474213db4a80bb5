"""Codes of clinics in the reader's language."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from innovate.clinics.domain.slots import Outcome, SlotState

STATES = {
    SlotState.FREE: (_l("Bebas"), "open"),
    SlotState.BOOKED: (_l("Dipesan"), "submitted"),
    SlotState.WAITING: (_l("Belum dicatat"), "due"),
    SlotState.HELD: (_l("Terlaksana"), "passed"),
    SlotState.MISSED: (_l("Tidak terlaksana"), "failed"),
    SlotState.OVER: (_l("Tidak dipesan"), ""),
    SlotState.CANCELLED: (_l("Dibatalkan"), "failed"),
}
OUTCOMES = {Outcome.HELD: _l("Terlaksana"), Outcome.MISSED: _l("Tidak terlaksana")}
