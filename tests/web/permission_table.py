"""Who gets through which door. Written by hand from the rules of the product, never from what the code answers."""

from __future__ import annotations

from tests.factories.world import EVENT_ROLES, ROLES

ALL = frozenset(ROLES)
SIGNED_IN = ALL - {"visitor"}
NOBODY: frozenset[str] = frozenset()
ADMIN = frozenset({"admin"})
MANAGERS = ADMIN | {"organizer"}
READERS = MANAGERS | {"auditor"}
SCREENERS = MANAGERS | {"secretariat"}
SCREENING_READERS = SCREENERS | READERS
JURY_READERS = READERS | {"chair"}
JURY = frozenset({"chair", "juror", "other_juror"})
CREATORS = ADMIN | {"site_organizer"}
TEAM = frozenset({"captain", "member"})
CAPTAIN = frozenset({"captain"})

ACCOUNTS = {
    "GET accounts.sign_in": ALL,
    "POST accounts.sign_in": ALL,
    "GET accounts.sign_up": ALL,
    "POST accounts.sign_up": ALL,
    "GET accounts.check_mail": ALL,
    "GET accounts.confirm": ALL,
    "POST accounts.confirm": ALL,
    "GET accounts.forgot": ALL,
    "POST accounts.forgot": ALL,
    "GET accounts.reset": ALL,
    "POST accounts.reset": ALL,
    "POST accounts.sign_out": SIGNED_IN,
    "GET accounts.profile": SIGNED_IN,
    "POST accounts.profile": SIGNED_IN,
    "GET accounts.appearance": SIGNED_IN,
    "POST accounts.appearance": SIGNED_IN,
    "GET accounts.change_email": SIGNED_IN,
    "POST accounts.change_email": SIGNED_IN,
    "GET accounts.confirm_change": SIGNED_IN,
    "POST accounts.confirm_change": SIGNED_IN,
    "GET accounts.change_password": SIGNED_IN,
    "POST accounts.change_password": SIGNED_IN,
    "GET accounts.devices": SIGNED_IN,
    "GET accounts.kept_texts": SIGNED_IN,
    "POST accounts.drop_kept_text": SIGNED_IN,
    "POST accounts.end_device": frozenset({"stranger"}),
    "POST accounts.end_all_devices": SIGNED_IN,
}

EVENTS = {
    "GET events.index": ALL,
    "GET events.show": ALL,
    "GET events.calendar": ALL,
    "GET events.letter": ALL,  # it is public
    "GET events.invitation": ALL,
    "POST events.accept_invitation": SIGNED_IN,
    "POST events.decline_invitation": ALL,
    **{
        f"{method} events.{name}": CREATORS
        for method in ("GET", "POST")
        for name in ("identify", "schedule", "review")
    },
    "GET events.choose": CREATORS,
    **{f"GET events.{name}": READERS for name in ("todo", "entry_form", "list_room", "people")},
    **{f"GET events.{name}": READERS for name in ("general", "texts", "team_rules", "schedule_room")},
    **{f"GET events.{name}": READERS for name in ("add_field", "edit_field", "edit_row", "public_title")},
    **{
        f"POST events.{name}": MANAGERS
        for name in ("general", "texts", "team_rules", "schedule_room", "people")
    },
    **{f"POST events.{name}": MANAGERS for name in ("add_field", "edit_field", "move_field", "remove_field")},
    **{f"POST events.{name}": MANAGERS for name in ("restore_field", "list_room", "rename_list", "edit_row")},
    **{f"POST events.{name}": MANAGERS for name in ("move_row", "remove_row", "add_phase", "remove_phase")},
    **{f"POST events.{name}": MANAGERS for name in ("change_invitation", "remove_role", "public_title")},
    **{f"GET events.{name}": CREATORS for name in ("templates", "built_in_template", "built_in_file")},
    **{f"GET events.{name}": CREATORS for name in ("saved_template", "saved_file", "upload_template")},
    **{f"POST events.{name}": CREATORS for name in ("saved_template", "upload_template")},
    # whoever saved it, and admins since it is offered to everybody
    **{
        f"POST events.{name}": CREATORS
        for name in ("set_template_reach", "remove_template", "restore_template")
    },
    "GET events.template_room": MANAGERS,
    "POST events.template_room": ADMIN,  # managing the event and opening competitions
    "GET events.event_file": MANAGERS,
    **{f"GET events.{name}": READERS for name in ("eligibility", "set_rule")},
    **{f"POST events.{name}": MANAGERS for name in ("set_rule", "remove_rule", "add_slots")},
    "POST events.publish": MANAGERS,
    "GET events.delete": MANAGERS,
    "POST events.delete": MANAGERS,
    "GET events.deleted": SIGNED_IN,
    "POST events.restore": ADMIN | {"site_organizer"},  # who organizes the deleted draft, and admins
    "POST events.archive": MANAGERS,
    "POST events.unarchive": MANAGERS,
}

IDEAS = {
    "GET ideas.index": SIGNED_IN,
    "POST ideas.create": TEAM,
    **{
        f"GET ideas.{name}": TEAM
        for name in ("show", "edit", "history", "preview", "receipt", "submit", "withdraw")
    },
    **{
        f"POST ideas.{name}": TEAM
        for name in ("edit", "submit", "withdraw", "restore", "restore_file", "consent")
    },
    "GET ideas.download": TEAM | SCREENING_READERS | {"juror", "chair", "coordinator"},
    "GET ideas.show_page": TEAM | SCREENING_READERS | {"juror", "chair", "coordinator"},  # as the file itself
    "GET ideas.queue": SCREENING_READERS,
    "GET ideas.queue_file": SCREENING_READERS,
    "GET ideas.screen": SCREENING_READERS,
    "POST ideas.screen": SCREENERS,
    "POST ideas.undo": SCREENERS,
    "GET ideas.similar": SCREENING_READERS,
    "GET ideas.similar_pair": SCREENING_READERS,
    "POST ideas.similar_pair": SCREENERS,
    "GET ideas.disqualify": MANAGERS,
    **{f"POST ideas.{name}": MANAGERS for name in ("disqualify", "reinstate")},
    "GET ideas.similar_former": SCREENING_READERS,
    "GET ideas.extensions": MANAGERS,
    "POST ideas.extensions": MANAGERS,
    "POST ideas.revoke_extension": MANAGERS,
}

COORDINATOR = frozenset({"coordinator"})  # of the first team's unit
ENDORSEMENT = {
    "GET endorsement.mine": COORDINATOR,
    **{f"GET endorsement.{name}": COORDINATOR for name in ("learning", "learning_file")},
    "GET endorsement.show": COORDINATOR,
    **{
        f"POST endorsement.{name}": COORDINATOR
        for name in ("return_to_team", "endorse", "endorse_again", "undo", "send")
    },
    "POST endorsement.comment": TEAM | COORDINATOR,
    "GET endorsement.letter": TEAM | COORDINATOR | SCREENING_READERS,
    "GET endorsement.scan": COORDINATOR | SCREENING_READERS,  # of what came on paper: it has no members
    "GET endorsement.ask": TEAM,
    "POST endorsement.ask": TEAM,
    "POST endorsement.take_back": TEAM,
    "GET endorsement.overview": SCREENING_READERS,
    "GET endorsement.export": SCREENING_READERS,
    "GET endorsement.rules": READERS,
    "POST endorsement.rules": MANAGERS,
    "GET endorsement.paper": SCREENERS,
    "POST endorsement.paper": SCREENERS,
}

TEAMS = {
    "GET teams.index": SIGNED_IN,
    "GET teams.register": SIGNED_IN,
    "POST teams.register": SIGNED_IN,
    "GET teams.show": SIGNED_IN,
    "GET teams.edit": CAPTAIN,
    **{f"POST teams.{name}": CAPTAIN for name in ("edit", "rotate_link", "invite", "cancel_invitation")},
    **{f"POST teams.{name}": CAPTAIN for name in ("answer_request", "remove_member", "add_open_role")},
    **{f"POST teams.{name}": CAPTAIN for name in ("close_open_role", "disband")},
    "POST teams.transfer": CAPTAIN | MANAGERS,
    "POST teams.ask_to_join": SIGNED_IN,
    "POST teams.leave": TEAM,
    "POST teams.set_part": TEAM,
    "GET teams.join_page": ALL,
    "POST teams.join": SIGNED_IN,
    "GET teams.invitation_page": ALL,
    "POST teams.answer_invitation": SIGNED_IN,
    "GET teams.manage": READERS,
    **{f"POST teams.{name}": MANAGERS | {"mentor"} for name in ("name_mentor", "end_mentoring")},
    "POST teams.set_unlocked": MANAGERS,
}

RESULTS = {
    **{
        f"GET results.{name}": ALL
        for name in ("leaderboard", "download_leaderboard", "explain", "gallery", "gallery_entry")
    },
    **{f"GET results.{name}": ALL for name in ("download_bundle", "keys", "keys_file")},
    **{f"GET results.{name}": ALL for name in ("rank_file", "rank_votes", "example_file")},
    **{f"POST results.{name}": ALL for name in ("rank_file", "rank_votes")},
    **{f"GET results.{name}": READERS for name in ("proofs", "download_full_bundle")},
    **{f"POST results.{name}": MANAGERS for name in ("choose_publication", "make_bundle")},
    "GET results.own_proofs": JURY,
    "GET results.own_feedback": TEAM,  # opened, and the board is announced
    "GET results.feedback_room": READERS,
    **{f"GET results.{name}": JURY_READERS for name in ("packs", "download_pack", "download_minutes")},
    "POST results.make_pack": JURY_READERS,
    **{f"POST results.{name}": MANAGERS for name in ("open_feedback", "close_feedback")},
    **{f"GET results.{name}": JURY_READERS for name in ("room", "board", "download_board", "snapshot")},
    **{
        f"GET results.{name}": JURY_READERS
        for name in ("room", "board", "download_board", "snapshot", "explain_inside", "plenary")
    },
    **{f"GET results.{name}": MANAGERS | {"chair"} for name in ("jury", "ballot")},
    "POST results.count_ballot": MANAGERS | {"chair"},
    "POST results.rule_tie": frozenset({"chair"}),
    "GET results.rules": MANAGERS,
    "POST results.rules": MANAGERS,
    "POST results.move_board": MANAGERS,
    "GET results.advance": MANAGERS,
    "POST results.advance_now": MANAGERS,
    "POST results.set_options": MANAGERS,
    "POST results.sign": MANAGERS | {"chair"},
    "POST results.plan_board": MANAGERS,
    "POST results.lengthen_window": MANAGERS,
    "GET results.awards": JURY_READERS,
    "POST results.give_award": MANAGERS,
    "POST results.revoke_award": MANAGERS,
    "GET results.withdraw_award": MANAGERS,
    **{f"POST results.{name}": MANAGERS for name in ("withdraw_award", "return_award")},
    "GET results.ceremony": MANAGERS | {"chair"},
    "GET results.objections": SIGNED_IN,
    "GET results.file_objection": CAPTAIN,
    "POST results.file_objection": CAPTAIN,
    "GET results.objection": TEAM,
    "GET results.objection_file": TEAM | JURY_READERS,
    "GET results.objection_room": JURY_READERS,
    "GET results.objection_desk": JURY_READERS,
    "POST results.answer_objection": MANAGERS | {"chair"},
}

ORGANIZER = {
    "GET organizer.dashboard": READERS,
    "GET organizer.audit": READERS,
    "GET organizer.audit_csv": READERS,
    "GET organizer.messages": READERS,
    "POST organizer.resend": MANAGERS,
    "POST organizer.remind_jurors": MANAGERS,
    "POST organizer.remind_drafts": MANAGERS,
}

SCORING = {
    **{f"GET scoring.{name}": JURY for name in ("home", "guide", "own_scores", "declare")},
    "POST scoring.declare": JURY,
    **{f"GET scoring.{name}": JURY for name in ("offline", "receipts")},
    "GET scoring.receipt": frozenset({"juror"}),
    **{f"POST scoring.{name}": frozenset({"juror"}) for name in ("hand_in", "keep_other", "send_late")},
    "POST scoring.explain_late": frozenset({"juror"}),
    "GET offline.worker": ALL,
    "GET offline.present": SIGNED_IN,
    "GET scoring.pact": JURY,
    "POST scoring.pact": JURY,
    **{f"GET scoring.{name}": JURY for name in ("home", "guide", "own_scores", "declare", "subject")},
    **{f"POST scoring.{name}": JURY for name in ("declare", "subject")},
    **{f"GET scoring.{name}": frozenset({"juror"}) for name in ("score", "recuse")},
    **{f"POST scoring.{name}": frozenset({"juror"}) for name in ("put", "save", "recuse", "reopen", "jot")},
}

LEADERS = MANAGERS | {"chair"}
LEADING = {
    **{
        f"GET scoring.{name}": JURY_READERS
        for name in ("jury", "assignments", "panel", "panel_sheet", "juror", "read")
    },
    **{f"GET scoring.{name}": READERS for name in ("rubrics", "rubric", "round", "entries", "round_jury")},
    "GET scoring.seat": JURY_READERS,
    "GET calibration.room": JURY_READERS,
    "GET calibration.practice": JURY_READERS,
    "POST calibration.write": LEADERS,
    "POST calibration.move": LEADERS,
    "GET calibration.practise": JURY,
    "POST calibration.hand_in": JURY,
    **{f"GET scoring.{name}": JURY_READERS for name in ("late_room", "late_ballot")},
    **{f"POST scoring.{name}": LEADERS for name in ("decide_late", "grant")},
    **{
        f"GET scoring.{name}": JURY_READERS for name in ("conflicts", "download_conflicts", "print_conflicts")
    },
    **{f"GET scoring.{name}": JURY_READERS for name in ("pair", "clash", "pacts", "signed_pact")},
    **{f"POST scoring.{name}": LEADERS for name in ("pair", "clash")},
    **{f"GET scoring.{name}": READERS for name in ("pact_text", "blindness")},
    **{f"POST scoring.{name}": MANAGERS for name in ("pact_text", "blindness")},
    "GET scoring.leaks": SCREENING_READERS,
    "GET scoring.maturity": READERS,
    "GET scoring.maturity_file": READERS,
    "POST scoring.answer_leaks": SCREENERS,
    **{
        f"GET intake.{name}": MANAGERS for name in ("room", "example", "mapping", "preview", "faults", "show")
    },
    **{f"POST intake.{name}": MANAGERS for name in ("room", "discard", "mapping", "preview", "show")},
    **{f"GET paper.{name}": SCREENERS | JURY_READERS for name in ("room", "sheet")},
    "GET paper.print_sheets": SCREENERS,
    **{f"POST paper.{name}": SCREENERS for name in ("prepare", "key_in", "undo")},
    "POST paper.answer": LEADERS,
    "GET paper.own_list": JURY,
    "GET paper.own": frozenset({"juror"}),
    "POST paper.own": frozenset({"juror"}),
    "GET scoring.allocation": JURY_READERS,
    **{f"GET scoring.{name}": LEADERS for name in ("move_seat", "give_seat")},
    **{f"POST scoring.{name}": LEADERS for name in ("move_seat", "give_seat", "undo_move")},
    "GET scoring.draw": LEADERS,
    **{f"POST scoring.{name}": LEADERS for name in ("add_conflict", "assign", "draw")},
    **{f"GET scoring.{name}": LEADERS for name in ("draw", "drawn")},
    **{f"POST scoring.{name}": LEADERS for name in ("add_conflict", "assign", "draw")},
    "POST scoring.apply_draw": LEADERS,
    "GET scoring.groups": JURY_READERS,
    "POST scoring.groups": LEADERS,
    **{f"POST scoring.{name}": LEADERS for name in ("juror", "remove_juror", "seat")},
    **{
        f"POST scoring.{name}": MANAGERS
        for name in ("add_rounds", "move_round", "round", "rubric", "entries", "round_jury")
    },
}

OPERATORS = LEADERS | {"secretariat"}
PITCH = {
    "GET pitch.room": OPERATORS | READERS,
    **{f"GET pitch.{name}": ALL for name in ("show", "stage", "state")},  # once the order is published
    "GET pitch.desk": JURY,
    **{f"GET pitch.{name}": OPERATORS for name in ("turn", "console", "console_part")},
    **{f"POST pitch.{name}": MANAGERS for name in ("plan", "draw", "publish")},
    **{f"POST pitch.{name}": OPERATORS for name in ("add_missing", "turn", "press")},
    "POST pitch.lock": LEADERS,
}

PAIRWISE = {
    "GET pairwise.own": JURY,
    **{f"GET pairwise.{name}": frozenset({"juror"}) for name in ("desk", "read", "conflict", "desk_outcome")},
    **{f"POST pairwise.{name}": frozenset({"juror"}) for name in ("put", "conflict")},
    **{f"GET pairwise.{name}": JURY_READERS for name in ("index", "room", "outcome", "download")},
    **{f"GET pairwise.{name}": LEADERS for name in ("new", "edit")},
    **{f"POST pairwise.{name}": LEADERS for name in ("new", "edit", "move", "outcome")},
    "GET pairwise.show": ALL,  # published, and the board is announced
    "POST pairwise.publish": MANAGERS,
    "POST pairwise.settle": LEADERS,
    "POST results.run_off": LEADERS,
}

DOCUMENTS = {
    **{f"GET documents.{name}": ALL for name in ("check", "verify")},
    "GET documents.own": SIGNED_IN,
    "GET documents.own_paper": CAPTAIN,  # the certificate is the captain's
    **{f"GET documents.{name}": READERS for name in ("room", "paper", "download", "archive")},
    "GET documents.preview": READERS,
    "GET documents.settings": MANAGERS,
    **{f"POST documents.{name}": MANAGERS for name in ("settings", "issue", "issue_certificates")},
    **{f"POST documents.{name}": MANAGERS for name in ("end", "upload", "revoke_lost")},
    **{f"POST documents.{name}": MANAGERS for name in ("end", "upload", "logo", "reset", "appoint")},
    **{f"{how} documents.{name}": MANAGERS for how in ("GET", "POST") for name in ("text", "letter")},
    "GET documents.texts": MANAGERS,
    **{f"GET documents.{name}": READERS for name in ("appointment", "sheets", "sheet", "attendance")},
    "GET documents.score_sheets": READERS,  # of a round whose ranking is frozen
    "GET documents.own_sheet": TEAM,
    "GET documents.own_pact": JURY,  # the jurors' one
}

AGENDA = {
    **{f"GET learning.{name}": ALL for name in ("index", "show", "calendar", "material")},
    **{f"POST learning.{name}": SIGNED_IN for name in ("enrol", "give_up")},
    **{f"{how} learning.create": CREATORS for how in ("GET", "POST")},  # of no event
    **{
        f"{how} learning.{name}": MANAGERS
        for how in ("GET", "POST")
        for name in ("edit", "cancel", "add_session", "change_session", "materials", "remove_person")
    },
    "GET learning.sessions": MANAGERS,
    **{
        f"POST learning.{name}": MANAGERS for name in ("publish", "copy", "remove_session", "remove_material")
    },
    **{f"GET learning.{name}": READERS for name in ("people", "people_file")},
    "POST learning.people": MANAGERS,
    "GET agenda.room": READERS,
}

RECORDERS = MANAGERS | {"mentor"}  # who speaks in the session
TRAINING = {
    **{f"GET documents.{name}": READERS for name in ("training", "training_preview", "training_paper")},
    "GET documents.training_download": READERS,
    **{f"POST documents.{name}": MANAGERS for name in ("training", "training_end", "drop_attendance_sheet")},
    **{f"{how} documents.training_papers": CREATORS for how in ("GET", "POST")},  # of no event
    **{f"GET documents.{name}": RECORDERS for name in ("attendance_sheets", "attendance_sheet")},
    "GET documents.kept_attendance_sheet": RECORDERS,
    "POST documents.keep_attendance_sheet": RECORDERS,
}

ATTENDANCE = {
    "GET learning.scan": ALL,
    **{f"{how} learning.{name}": SIGNED_IN for how in ("GET", "POST") for name in ("attend", "type_code")},
    **{f"GET learning.{name}": SIGNED_IN for name in ("record", "record_file", "spoken")},
    **{f"GET learning.{name}": RECORDERS for name in ("screen", "screen_state", "attendance_list")},
    "POST learning.attendance_list": RECORDERS,
    **{f"GET learning.{name}": READERS for name in ("attendance_overview", "attendance_file")},
}

VOTING = {
    "GET voting.show": ALL,
    "GET voting.sent": ALL,
    **{f"{how} voting.{name}": ALL for how in ("GET", "POST") for name in ("give", "confirm")},
    **{f"{how} voting.own": SIGNED_IN for how in ("GET", "POST")},
    **{f"GET voting.{name}": READERS for name in ("index", "room", "questions")},
    "GET voting.outcome": READERS,  # of one that has closed
    **{f"GET voting.{name}": MANAGERS for name in ("new", "edit")},
    **{f"POST voting.{name}": MANAGERS for name in ("new", "edit", "open", "discard", "extend", "close")},
    **{f"POST voting.{name}": MANAGERS for name in ("void", "lift", "count", "uncount", "publish")},
}

DELIBERATION = {
    **{f"GET deliberation.{name}": JURY_READERS for name in ("room", "entry", "progress")},
    "GET deliberation.replace": LEADERS,
    **{f"POST deliberation.{name}": LEADERS for name in ("open", "close", "remind_signers", "entry")},
    **{f"POST deliberation.{name}": LEADERS for name in ("remind", "replace")},
    "GET deliberation.desk": JURY,
    "POST deliberation.sign": JURY,
    **{f"{how} deliberation.desk_entry": JURY - {"other_juror"} for how in ("GET", "POST")},  # has a conflict
}

PRIVACY = {
    **{f"GET privacy.{name}": SIGNED_IN for name in ("own", "ask", "seen")},
    **{f"POST privacy.{name}": SIGNED_IN for name in ("copy", "ask", "answer")},
    **{f"{how} privacy.{name}": CAPTAIN for how, name in (("GET", "download"), ("POST", "withdraw"))},
    # Officers keep the desk; the world has appointed none but its admin.
    **{f"GET privacy.{name}": ADMIN for name in ("desk", "case", "notice", "access_log")},
    **{f"GET privacy.{name}": ADMIN for name in ("breaches", "breaches_csv", "breach_new", "breach")},
    **{
        f"POST privacy.{name}": ADMIN for name in ("decide", "notice", "breach_new", "breach", "breach_close")
    },
    **{f"GET privacy.{name}": READERS for name in ("room", "print_record", "inspect")},
    **{f"GET privacy.{name}": MANAGERS for name in ("edit", "consenting", "retention")},
    **{f"POST privacy.{name}": MANAGERS for name in ("edit", "sign", "retention", "clear")},
    "GET privacy.openness": ALL,
}

SKILLS = {
    "GET skills.own": SIGNED_IN,
    "POST skills.own": SIGNED_IN,
    **{f"GET skills.{name}": ADMIN for name in ("framework", "add", "change")},
    **{f"POST skills.{name}": ADMIN for name in ("add", "change", "place")},
    "GET skills.find": CAPTAIN,
    "POST skills.ask": CAPTAIN,
    "GET skills.members": frozenset({"mentor"}),  # who accompanies the world's team
    "POST skills.endorse": frozenset({"mentor"}),
}
MENTOR = frozenset({"mentor"})
CLINICS = {
    "GET clinics.index": SIGNED_IN,
    "GET clinics.book": CAPTAIN | {"other_captain"},
    "POST clinics.book": CAPTAIN | {"other_captain"},
    "GET clinics.show": TEAM | READERS | MENTOR,
    "GET clinics.calendar": TEAM | READERS | MENTOR,
    "POST clinics.give_back": CAPTAIN,
    "POST clinics.tick": TEAM,
    "GET clinics.mine": MENTOR,
    "GET clinics.offer": MENTOR,
    "POST clinics.offer": MENTOR,
    "GET clinics.change": MANAGERS | MENTOR,
    "POST clinics.change": MANAGERS | MENTOR,
    "POST clinics.cancel": MANAGERS | MENTOR,
    **{f"POST clinics.{name}": MENTOR for name in ("save_notes", "add_action", "remove_action")},
    "GET clinics.room": READERS,
    "POST clinics.room": MANAGERS,
    "GET clinics.export": READERS,
}

VISITORS = MANAGERS | {"juror"}  # the world's juror goes
VISITS = {
    **{f"GET visits.{name}": SCREENING_READERS for name in ("room", "show")},
    **{f"GET visits.{name}": SCREENERS for name in ("plan", "change")},
    **{f"POST visits.{name}": SCREENERS for name in ("plan", "change", "cancel")},
    "POST visits.share": MANAGERS,
    **{f"GET visits.{name}": MANAGERS for name in ("checklist", "edit_item")},
    **{f"POST visits.{name}": MANAGERS for name in ("checklist", "edit_item", "remove_item")},
    "GET visits.mine": ADMIN | frozenset(EVENT_ROLES),
    **{f"GET visits.{name}": VISITORS for name in ("field", "amend")},
    **{f"POST visits.{name}": VISITORS for name in ("field", "amend", "upload", "remove_photo")},
    **{f"GET visits.{name}": SCREENING_READERS | {"juror"} for name in ("photo", "print_sheet")},
    "GET visits.calendar": SCREENING_READERS | TEAM | {"juror"},
}

# Everybody who may see the activity reads what its tests are; who may take them is said on the page.
QUIZZES = {
    **{f"GET quizzes.{name}": SIGNED_IN for name in ("index", "show", "sheet")},
    **{f"POST quizzes.{name}": SIGNED_IN for name in ("start", "sheet")},
    **{f"GET quizzes.{name}": READERS for name in ("results", "results_file")},
    **{f"GET quizzes.{name}": MANAGERS for name in ("room", "new", "edit", "choose", "preview")},
    **{f"POST quizzes.{name}": MANAGERS for name in ("new", "edit", "choose", "publish", "withdraw")},
    "POST quizzes.remove": MANAGERS,
    **{f"GET quizzes.{name}": MANAGERS for name in ("bank", "add_question", "edit_question", "upload")},
    **{f"POST quizzes.{name}": MANAGERS for name in ("add_question", "edit_question", "remove_question")},
    **{f"GET quizzes.{name}": MANAGERS for name in ("sample", "copy")},
    **{f"POST quizzes.{name}": MANAGERS for name in ("upload", "copy")},
}

# The world's unit has a coordinator, who verifies and decides in the organizer's stead.
IMPACT_READERS = TEAM | READERS | {"coordinator"}
IMPACT = {
    **{f"GET impact.{name}": ALL for name in ("index", "show_gallery", "show")},
    **{f"{method} impact.answer": ALL for method in ("GET", "POST")},  # the link lets in
    **{f"{method} impact.adopt": SIGNED_IN for method in ("GET", "POST")},
    "POST impact.unadopt": SIGNED_IN,
    "GET impact.mine": SIGNED_IN,
    "POST impact.begin": TEAM,
    **{f"GET impact.{name}": IMPACT_READERS for name in ("desk", "download")},
    **{
        f"{method} impact.{name}": TEAM
        for method in ("GET", "POST")
        for name in ("status", "add_indicator", "change_indicator", "report", "reach", "material")
    },
    **{f"POST impact.{name}": TEAM for name in ("remove_indicator", "remove_material")},
    **{f"{method} impact.decline": TEAM | {"coordinator"} for method in ("GET", "POST")},
    "POST impact.accept": TEAM | {"coordinator"},
    **{f"{method} impact.check": frozenset({"coordinator"}) for method in ("GET", "POST")},
    "GET impact.room": READERS,
}

HOME = {
    "GET home.index": ALL,
    "GET home.healthz": ALL,
    "GET home.look": ALL,  # development and test; production answers 404
    "POST home.look": ALL,
    "GET home.robots": ALL,
    "GET home.help_page": ALL,
    "GET home.privacy": ALL,
    "GET home.sitemap": ALL,
    "POST home.set_locale": ALL,
    "POST home.set_theme": ALL,
    "GET home.dashboard": SIGNED_IN,
}

# The world's long work is a draw: whoever leads the jury may watch and stop it.
TASKS = {"GET tasks.show": LEADERS, "GET tasks.state": LEADERS, "POST tasks.cancel": LEADERS}

# In the world the stranger manages the organisation; the admin of the site acts in its managers' stead.
DESK = ADMIN | {"stranger"}

PARTNERS = {
    **{f"GET partners.{name}": ALL for name in ("index", "show", "logo", "offer", "challenge")},
    **{f"{method} partners.{name}": SIGNED_IN for method in ("GET", "POST") for name in ("register", "join")},
    "GET partners.invitation": SIGNED_IN,
    "POST partners.invitation": SIGNED_IN,
    "POST partners.ask_for_offer": SIGNED_IN,
    "POST partners.withdraw_wish": CAPTAIN,
    "POST partners.leave": frozenset({"stranger"}),  # nobody else belongs to it
    "GET partners.review": CREATORS,
    "POST partners.decide": CREATORS,
    **{f"GET partners.{name}": DESK for name in ("manage", "propose_challenge", "revise_challenge")},
    **{f"GET partners.{name}": DESK for name in ("support", "add_offer", "edit_offer")},
    **{f"POST partners.{name}": DESK for name in ("manage", "set_logo", "change_member", "invite")},
    **{f"POST partners.{name}": DESK for name in ("rotate_link", "propose_challenge", "revise_challenge")},
    **{f"POST partners.{name}": DESK for name in ("withdraw_challenge", "support", "withdraw_proposal")},
    **{f"POST partners.{name}": DESK for name in ("add_offer", "edit_offer", "close_offer", "answer_offer")},
    "POST partners.set_domains": ADMIN,
    **{f"GET partners.{name}": READERS for name in ("room", "room_challenge", "mix", "statements")},
    **{f"GET partners.{name}": READERS for name in ("write_statement", "statements_file")},
    **{f"POST partners.{name}": MANAGERS for name in ("room_challenge", "answer_proposal", "mix")},
    **{f"POST partners.{name}": MANAGERS for name in ("write_statement", "end_statement")},
    "GET partners.accept": TEAM | READERS,
    "POST partners.accept": TEAM,
}

EDITIONS = {
    "GET editions.index": ALL,
    "GET editions.show": ALL,
    **{f"GET editions.{name}": CREATORS for name in ("room", "upload", "mapping", "entry")},
    **{f"POST editions.{name}": CREATORS for name in ("upload", "mapping", "discard", "undo")},
    **{f"POST editions.{name}": CREATORS for name in ("entry", "remove", "restore", "publish")},
}

NOTIFICATIONS = {"GET notifications.dev_mail": ALL, "GET notifications.dev_mail_show": ALL}

ADMINISTRATION = {
    **{
        f"GET admin.{name}": ADMIN
        for name in ("index", "audit", "audit_csv", "audit_verify", "mails", "people_list", "person")
    },
    **{f"GET admin.{name}": ADMIN for name in ("unit", "unit_new", "units", "units_export", "units_import")},
    **{f"POST admin.{name}": ADMIN for name in ("person", "disable", "enable", "end_sessions", "send_reset")},
    **{f"POST admin.{name}": ADMIN for name in ("mail_retry", "unit", "unit_new", "units_import")},
    "POST admin.units_import_save": ADMIN,
    "POST admin.set_officer": ADMIN,
    "POST admin.set_leader": ADMIN,
    "POST admin.appoint_coordinator": ADMIN,
    "POST admin.end_coordination": ADMIN,
}

SURVEYS = {
    "GET surveys.mine": SIGNED_IN,
    **{f"{how} surveys.{name}": ALL for how in ("GET", "POST") for name in ("answer", "personal", "others")},
    "GET surveys.thanks": ALL,
    **{f"GET surveys.{name}": READERS for name in ("rooms", "show", "rate", "preview", "results", "export")},
    **{f"GET surveys.{name}": MANAGERS for name in ("new", "settings", "plan", "build", "section")},
    **{f"GET surveys.{name}": MANAGERS for name in ("add_question", "question")},
    **{f"POST surveys.{name}": MANAGERS for name in ("new", "settings", "plan", "build", "section")},
    **{f"POST surveys.{name}": MANAGERS for name in ("add_question", "question", "move_question")},
    **{
        f"POST surveys.{name}": MANAGERS
        for name in ("move_section", "open", "close", "extend", "discard", "copy")
    },
    **{
        f"GET surveys.site_{name}": CREATORS
        for name in ("rooms", "show", "rate", "preview", "results", "export")
    },
    **{f"GET surveys.site_{name}": CREATORS for name in ("new", "settings", "plan", "build", "section")},
    **{f"GET surveys.site_{name}": CREATORS for name in ("add_question", "question")},
    **{f"POST surveys.site_{name}": CREATORS for name in ("new", "settings", "plan", "build", "section")},
    **{f"POST surveys.site_{name}": CREATORS for name in ("add_question", "question", "move_question")},
    **{
        f"POST surveys.site_{name}": CREATORS
        for name in ("move_section", "open", "close", "extend", "discard")
    },
    "POST surveys.site_copy": CREATORS,
}

# The page for leaders: who runs or organizes the site (in the world nobody is a leader). A paper is its asker's.
SUMMARIES = {
    **{f"GET leaders.{name}": CREATORS for name in ("index", "listing", "workbook")},
    "POST leaders.print_page": CREATORS,
    "GET leaders.download": frozenset({"site_organizer"}),
}

TABLE = {
    **ADMINISTRATION,
    **SUMMARIES,
    **IDEAS,
    **ENDORSEMENT,
    **ACCOUNTS,
    **EDITIONS,
    **EVENTS,
    **TEAMS,
    **RESULTS,
    **ORGANIZER,
    **SCORING,
    **LEADING,
    **PITCH,
    **PAIRWISE,
    **VOTING,
    **AGENDA,
    **DOCUMENTS,
    **TRAINING,
    **ATTENDANCE,
    **DELIBERATION,
    **PRIVACY,
    **VISITS,
    **PARTNERS,
    **QUIZZES,
    **SKILLS,
    **CLINICS,
    **SURVEYS,
    **IMPACT,
    **HOME,
    **NOTIFICATIONS,
    **TASKS,
}
