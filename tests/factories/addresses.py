"""An address for every endpoint of the URL map, in the world of `tests.factories.world`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from innovate.accounts.models import Unit
from innovate.core.db import db
from innovate.endorsement.models import Letter
from tests.factories.learned import present_code
from tests.factories.votes import entries_of
from tests.factories.world import World, session_of

Values = dict[str, Any]


def values_of(rule: Rule, world: World) -> Values:
    """The values of a rule's arguments; KeyError names the argument the world does not know yet."""
    special = _BY_ENDPOINT.get(rule.endpoint, lambda _world: {})(world)
    if rule.endpoint.startswith("surveys.site_") and "survey_id" in rule.arguments:
        special = {"survey_id": world.values["site_survey"].public_id, **special}
    return {name: special[name] if name in special else _BY_NAME[name](world) for name in rule.arguments}


AGENDA = (
    *("show", "calendar", "material", "materials", "remove_material", "enrol", "give_up", "edit", "publish"),
    *("cancel", "copy", "sessions", "add_session", "change_session", "remove_session"),
    *("people", "remove_person", "people_file"),
)


def _of_activity(world: World) -> Values:
    return {
        "public_id": world.values["activity"].public_id,
        "session_id": world.values["activity_session"].public_id,
        "material_id": world.values["material"].public_id,
        "enrolment_id": world.values["enrolment"].public_id,
    }


_BY_NAME: dict[str, Callable[[World], Any]] = {
    "slug": lambda w: w.event.slug,
    "team_id": lambda w: w.team.public_id,
    "idea_id": lambda w: w.idea.public_id,
    "file_id": lambda w: w.values["file"].public_id,
    "number": lambda _w: 1,
    "snapshot": lambda _w: 1,
    "kind": lambda _w: "csv",
    "name": lambda _w: "penghargaan",
    "row_id": lambda w: w.values["prize"].public_id,
    "field_id": lambda w: w.values["field"].public_id,
    "role_id": lambda w: w.values["role_row"].public_id,
    "phase_id": lambda w: w.values["phase"].public_id,
    "extension_id": lambda w: w.values["extension"].public_id,
    "request_id": lambda w: w.values["join_request"].id,
    "invitation_id": lambda w: w.values["team_invitation"].id,
    "mail_id": lambda w: w.values["mail"].id,
    "mentor_id": lambda w: w.values["mentoring"].public_id,
    "user_id": lambda w: w.users["member"].public_id,
    "nonce": lambda w: w.team.invite_nonce,
    "page": lambda _w: 1,
    "public_id": lambda w: w.assignment.public_id,
    "turn_id": lambda w: w.values["turn"].public_id,
    "receipt_id": lambda w: w.values["receipt"].public_id,
    "late_id": lambda w: w.values["late"].public_id,
    "step": lambda _w: "buka",
    "way": lambda _w: "naik",
    "act": lambda _w: "kirim",
    "answer": lambda _w: "tolak",
    "filename": lambda _w: "img/mark.svg",
    "contest_id": lambda w: w.values["contest"].public_id,
    "entry_id": lambda w: w.values["stall"].public_id,
    "objection_id": lambda w: w.values["objection"].public_id,
    "pair_id": lambda w: w.values["similar_pair"].public_id,
    "letter_id": lambda w: w.values["letter"].public_id,
    "skill_id": lambda w: w.values["skill"].public_id,
    "slot_id": lambda w: w.values["slot"].public_id,
    "booking_id": lambda w: w.values["booking"].public_id,
    "action_id": lambda w: w.values["action"].public_id,
    "visit_id": lambda w: w.values["visit"].public_id,
    "photo_id": lambda w: w.values["photo"].public_id,
    "item_id": lambda w: w.values["visit_item"].public_id,
    "withdrawal_id": lambda w: w.values["withdrawal"].public_id,
    "award_id": lambda w: w.values["special_award"].public_id,
    "poll_id": lambda w: w.values["poll"].public_id,
    "activity_id": lambda w: w.values["tested_activity"].public_id,
    "quiz_id": lambda w: w.values["quiz"].public_id,
    "question_id": lambda w: w.values["question"].public_id,
    "void_id": lambda w: w.values["void"].public_id,
    "import_id": lambda w: w.values["import"].public_id,
    "document_id": lambda w: w.values["certificate"].public_id,
    "paper_code": lambda w: w.values["certificate"].code,
    "paper": lambda _w: "minutes",
    "partner": lambda w: w.values["organisation"].slug,
    "member_id": lambda w: w.values["partner_member"].public_id,
    "offer_id": lambda w: w.values["offer"].public_id,
    "use_id": lambda w: w.values["offer_use"].public_id,
    "challenge_id": lambda w: w.values["challenge"].public_id,
    "proposal_id": lambda w: w.values["proposal"].public_id,
    "statement_id": lambda w: w.values["statement"].public_id,
    "what": lambda _w: "mentor",
    "rule": lambda _w: "same_title",
    "letter": lambda _w: "invitation",
    "lot": lambda _w: "sertifikat",
    "text": lambda _w: "originality",
    "who": lambda _w: "participants",
    "task_id": lambda w: w.values["preview"].public_id,
    "case_id": lambda w: w.values["case"].public_id,
    "export_id": lambda w: w.values["export"].public_id,
    "breach_id": lambda w: w.values["breach"].public_id,
    "version": lambda _w: 1,
    "purpose": lambda _w: "mailings",
    "key": lambda _w: "kota",
    "template_id": lambda w: w.values["template"].public_id,
    "edition_id": lambda w: w.values["past_edition"].public_id,
    "scan_id": lambda w: w.values["scan"].public_id,
    "session_id": lambda w: w.values["held"].public_id,
    "sheet_id": lambda w: w.values["sheet"].public_id,
    "coordinator_id": lambda w: w.values["coordinator_row"].public_id,
    "survey_id": lambda w: w.values["survey"].public_id,
    "section_key": lambda _w: "s1",
    "question_key": lambda _w: "p1",
    "move": lambda _w: "naik",
    "token": lambda _w: "bukan-token",
    "code": lambda w: w.users["stranger"].unit_id and _unit_code(w),
    "innovation_id": lambda w: w.values["innovation"].public_id,
    "indicator_id": lambda w: w.values["indicator"].public_id,
    "material_id": lambda w: w.values["impact_material"].public_id,
}

_BY_ENDPOINT: dict[str, Callable[[World], Values]] = {
    "partners.invitation": lambda w: {"nonce": w.values["organisation"].invite_nonce},
    "partners.decide": lambda w: {"partner": w.values["waiting_organisation"].slug},
    "partners.change_member": lambda _w: {"step": "terima"},
    "partners.write_statement": lambda _w: {"what": "property"},
    **{
        f"partners.{name}": lambda w: {"challenge_id": w.values["waiting_challenge"].public_id}
        for name in ("room_challenge", "revise_challenge", "withdraw_challenge")
    },
    "endorsement.letter": lambda w: {"letter_id": _letter(w).public_id},
    "endorsement.scan": lambda w: {"idea_id": w.values["on_paper"].public_id},
    "admin.end_coordination": lambda w: {"code": _unit_of(w).code},
    "results.example_file": lambda _w: {"name": "nilai"},
    "teams.invitation_page": lambda w: {"nonce": w.values["team_invitation"].nonce},
    "teams.answer_invitation": lambda w: {"nonce": w.values["team_invitation"].nonce},
    "teams.close_open_role": lambda w: {"role_id": w.values["open_role"].id},
    "events.invitation": lambda w: {"nonce": w.values["role_invitation"].nonce},
    "events.accept_invitation": lambda w: {"nonce": w.values["role_invitation"].nonce},
    "events.decline_invitation": lambda w: {"nonce": w.values["role_invitation"].nonce},
    "events.change_invitation": lambda w: {"nonce": w.values["role_invitation"].nonce},
    **{
        f"admin.{name}": lambda w: {"public_id": w.users["stranger"].public_id}
        for name in ("person", "disable", "enable", "end_sessions", "send_reset")
    },
    **{
        f"scoring.{name}": lambda w: {"public_id": w.users["juror"].public_id}
        for name in ("juror", "remove_juror", "add_conflict", "give_seat")
    },
    "admin.set_officer": lambda w: {"public_id": w.users["stranger"].public_id, "step": "tunjuk"},
    "admin.set_leader": lambda w: {"public_id": w.users["stranger"].public_id, "step": "tunjuk"},
    **{f"leaders.{name}": lambda _w: {"name": "usulan"} for name in ("listing", "workbook")},
    "leaders.download": lambda w: {"public_id": w.values["summary"].public_id},
    "privacy.decide": lambda _w: {"way": "tolak"},
    "privacy.consenting": lambda _w: {"kind": "html"},
    "deliberation.replace": lambda w: {"public_id": w.users["juror"].public_id},
    **{
        f"pairwise.{name}": lambda w: {"contest_id": w.values["closed_contest"].public_id}
        for name in ("outcome", "download", "desk_outcome", "show", "publish", "settle")
    },
    **{
        f"voting.{name}": lambda w: {"poll_id": w.values["closed_poll"].public_id}
        for name in ("outcome", "count", "uncount")
    },
    **{
        f"surveys.{name}": lambda w: {"survey_id": w.values["public_survey"].public_id}
        for name in ("answer", "thanks")
    },
    **{f"surveys.{name}": lambda w: {"token": w.values["asked"].token} for name in ("personal", "others")},
    **{
        f"surveys.{name}": lambda w: {"survey_id": w.values["draft_survey"].public_id}
        for name in ("discard", "open")
    },
    "voting.confirm": lambda _w: {"token": "tautan-suara"},
    "voting.publish": lambda w: {"poll_id": w.values["closed_poll"].public_id, "step": "tampilkan"},
    "pairwise.move": lambda _w: {"step": "tutup"},
    "pairwise.publish": lambda _w: {"step": "tampilkan"},
    "scoring.grant": lambda _w: {"step": "izinkan"},
    "scoring.pair": lambda w: {"public_id": w.users["other_juror"].public_id},
    "scoring.clash": lambda w: {"public_id": w.values["clash"].public_id},
    "scoring.signed_pact": lambda w: {"public_id": w.values["signature"].public_id},
    "scoring.answer_leaks": lambda _w: {"answer": "terima"},
    **{
        f"tasks.{name}": lambda w: {"public_id": w.values["task"].public_id}
        for name in ("show", "state", "cancel")
    },
    "scoring.move_round": lambda _w: {"step": "tutup"},
    **{
        f"paper.{name}": lambda w: {"public_id": w.values["paper"].public_id}
        for name in ("sheet", "key_in", "undo", "answer", "own")
    },
    "skills.place": lambda _w: {"step": "naik"},
    "skills.ask": lambda w: {"user_id": w.users["stranger"].public_id},
    **{f"learning.{name}": _of_activity for name in AGENDA},
    **{
        f"learning.{name}": lambda w: {"public_id": w.values["training"].public_id}
        for name in ("screen", "screen_state", "attendance_list", "attendance_overview", "attendance_file")
    },
    "learning.scan": lambda w: {"code": present_code(w.values["held"])},
    **{
        f"documents.{name}": lambda w: {
            "public_id": w.values["training"].public_id,
            "document_id": w.values["training_paper"].public_id,
            "way": "cabut",
        }
        for name in ("training", "training_preview", "training_paper", "training_download", "training_end")
    },
    **{
        f"documents.{name}": lambda w: {"public_id": w.values["training"].public_id}
        for name in (
            "attendance_sheets",
            "attendance_sheet",
            "keep_attendance_sheet",
            "kept_attendance_sheet",
            "drop_attendance_sheet",
        )
    },
    "documents.training_papers": lambda w: {"public_id": w.values["free_training"].public_id},
    "impact.download": lambda w: {"file_id": w.values["impact_file"].public_id},
    "impact.check": lambda w: {"kind": "jawaban", "row_id": w.values["answer"].public_id},
    "impact.answer": lambda w: {"token": w.values["answer_token"]},
    **{
        f"impact.{name}": lambda w: {"request_id": w.values["adoption"].public_id}
        for name in ("accept", "decline")
    },
    "visits.amend": lambda w: {"visit_id": w.values["finished_visit"].public_id},
    "visits.share": lambda w: {"visit_id": w.values["finished_visit"].public_id},
    "documents.end": lambda _w: {"way": "cabut"},
    "documents.own_pact": lambda _w: {"text": "pact_juror"},
    "intake.show": lambda w: {"import_id": w.values["saved_import"].public_id},
    "events.restore_template": lambda w: {"template_id": w.values["removed_template"].public_id},
    **{
        f"editions.{name}": lambda w: {"entry_id": w.values["past_entry"].public_id}
        for name in ("entry", "remove")
    },
    "editions.restore": lambda w: {"entry_id": w.values["removed_entry"].public_id},
    "editions.undo": lambda w: {"import_id": w.values["past_import"].public_id},
    **{
        f"editions.{name}": lambda w: {"import_id": w.values["pending_editions"].public_id}
        for name in ("mapping", "discard")
    },
    "calibration.move": lambda _w: {"step": "perlihatkan"},
    "events.restore": lambda w: {"slug": w.values["deleted"].slug},
    "pitch.lock": lambda _w: {"step": "kunci"},
    "events.add_phase": lambda _w: {"kind": "screening"},
    "accounts.end_device": lambda w: {
        "public_id": getattr(session_of(w.users["stranger"]), "public_id", "x")
    },
}


def _letter(world: World) -> Letter:
    return db.session.get_one(Letter, world.values["chain"].letter_id)


def _unit_of(world: World) -> Unit:
    """The unit that has a coordinator."""
    return db.session.get_one(Unit, world.team.unit_id)


def _unit_code(world: World) -> str:
    return db.session.get_one(Unit, world.users["stranger"].unit_id).code


_QUERIES: dict[str, Callable[[World], Values]] = {
    "events.identify": lambda _w: {"template": "kota"},
    "voting.give": lambda w: {"pilih": _first_entry(w)},
}


def _first_entry(world: World) -> str:
    return entries_of(world.values["poll"])[0].public_id


def address_of(app: Flask, rule: Rule, world: World) -> str:
    """The path of a rule in the world, with the query it needs."""
    values = {**values_of(rule, world), **_QUERIES.get(rule.endpoint, lambda _w: {})(world)}
    with app.test_request_context():
        return str(app.url_map.bind("localhost").build(rule.endpoint, values, method=_method(rule)))


def body_of(endpoint: str, world: World) -> dict[str, str]:
    """The form values without which an address means nothing."""
    known = {"ideas.create": {"team": world.team.public_id}, "pitch.press": {"tekan": "team:1"}}
    return known.get(endpoint, {})


def _method(rule: Rule) -> str:
    return "GET" if "GET" in (rule.methods or ()) else "POST"
