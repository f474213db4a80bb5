"""Writes of a competition, on both databases."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from innovate.accounts.models import SiteRole
from innovate.audit.models import AuditDetail, AuditEntry
from innovate.core import storage
from innovate.core.db import db
from innovate.core.errors import NotAllowed, Refused
from innovate.events import queries
from innovate.events.domain.eligibility import RuleKind
from innovate.events.domain.kinds import EventState, FieldKind, PhaseKind, Role
from innovate.events.domain.letters import Move, describe_move
from innovate.events.domain.meanings import Meaning
from innovate.events.domain.template import Timespan, propose_timetable
from innovate.events.models import Event, FormField, Group, Phase, PhaseChange, Prize, Question, Track
from innovate.events.services import creation, entry_form, launch, lists, settings, timetable
from innovate.events.services.letters import LetterFile
from innovate.events.services.templates import find_template
from tests.factories.build import NOW, give_role, make_event, make_field, make_rule, make_team, make_user

ZONE = ZoneInfo("Asia/Pontianak")


def organizer_of(event, **values):
    user = make_user(**values)
    give_role(event, user, Role.ORGANIZER)
    return queries.get_actor(event.slug, user)


def new_event(slug: str = "lomba-baru", key: str = "kota") -> creation.NewEvent:
    template = find_template(key)
    assert template
    return creation.NewEvent("Lomba Baru", slug, propose_timetable(template.phases, date(2027, 3, 1), ZONE))


def last_details():
    entry = db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
    assert entry is not None
    return entry, db.session.get_one(AuditDetail, entry.id).values


def as_spans(event, **moves):
    """The present timetable, with the end of some kinds moved by days."""
    return [
        Timespan(p.kind, p.name, p.starts_at, p.ends_at + timedelta(days=moves.get(p.kind.value, 0)))
        for p in event.phases
    ]


# -- creation -----------------------------------------------------------------------------------------------------


def test_template_fills_every_room(db_session):
    user = make_user(site_role=SiteRole.ORGANIZER)
    heard = []
    creation.after_creation.append(heard.append)
    try:
        event = creation.create_from_template(user, find_template("kota"), new_event(), at=NOW)
    finally:
        creation.after_creation.remove(heard.append)
    whole = queries.load_definition(event.id)
    assert [g.code for g in whole.groups] == ["A", "B"]
    assert len(whole.tracks) == 3
    assert [p.kind for p in whole.phases] == list(PhaseKind)
    assert {f.kind for f in whole.fields} >= {FieldKind.LONG, FieldKind.FILE, FieldKind.CHOICE}
    asked = next(f for f in whole.fields if f.kind is FieldKind.FILE)
    assert asked.options["accept"] == ["pdf"]
    assert [p.rank for p in whole.prizes] == [1, 2, 3, 4, 5, 6]
    assert whole.checklist
    assert whole.questions
    meant = {f.meaning for f in whole.fields} - {None}
    assert meant == set(Meaning)
    first = whole.eligibility[0]
    assert (first.kind, first.parameters) == (RuleKind.MINIMUM_AGE, {"since": "use_start", "months": 12})
    assert not any(rule.blocks for rule in whole.eligibility)
    assert queries.roles_in(event.id, user.id) == {Role.ORGANIZER}
    (made,) = heard
    assert made.template.rubrics[0]["phase"] == "judging"
    assert [p.id for p in made.phases] == [p.id for p in whole.phases]


def test_clone_copies_what_is_defined_but_not_removed_fields(db_session):
    source = make_event(rules="Ketentuan")
    make_field(source, "tetap", kind=FieldKind.SHORT, word_limit=None, meaning=Meaning.EXPANSION)
    make_field(source, "dibuang", removed_at=NOW)
    make_rule(source, RuleKind.MINIMUM_WORDS, blocks=True, least_words=77)
    actor = organizer_of(source, site_role=SiteRole.ORGANIZER)
    phases = [Timespan(p.kind, p.name, p.starts_at, p.ends_at) for p in actor.event.phases]
    heard = []
    creation.after_creation.append(heard.append)
    try:
        copy = creation.clone_event(actor, creation.NewEvent("Salinan", "salinan", phases), at=NOW)
    finally:
        creation.after_creation.remove(heard.append)
    whole = queries.load_definition(copy.id)
    assert whole.rules == "Ketentuan"
    assert [(f.key, f.meaning) for f in whole.fields] == [("tetap", Meaning.EXPANSION)]
    assert [(r.kind, r.blocks, r.parameters) for r in whole.eligibility] == [
        (RuleKind.MINIMUM_WORDS, True, {"least_words": 77})
    ]
    assert whole.state is EventState.DRAFT
    assert heard[0].source.id == source.id
    judging = next(p for p in actor.event.phases if p.kind is PhaseKind.JUDGING)
    assert heard[0].copied_phases[judging.id].event_id == copy.id
    assert heard[0].copied_phases[judging.id].kind is PhaseKind.JUDGING


@pytest.mark.parametrize("slug", ["", "Besar", "dua--garis", "-depan"])
def test_addresses_must_be_slugs(db_session, slug):
    user = make_user(site_role=SiteRole.ORGANIZER)
    with pytest.raises(Refused) as refusal:
        creation.create_from_template(user, find_template("empty"), new_event(slug, "empty"), at=NOW)
    assert refusal.value.field == "slug"


def test_two_events_cannot_share_an_address_and_members_create_none(db_session):
    user = make_user(site_role=SiteRole.ORGANIZER)
    creation.create_from_template(user, find_template("empty"), new_event(key="empty"), at=NOW)
    with pytest.raises(Refused, match="sudah dipakai"):
        creation.create_from_template(user, find_template("empty"), new_event(key="empty"), at=NOW)
    with pytest.raises(NotAllowed):
        creation.create_from_template(make_user(), find_template("empty"), new_event("lain", "empty"), at=NOW)


# -- settings -----------------------------------------------------------------------------------------------------


def test_every_change_is_audited_with_before_and_after(db_session):
    actor = organizer_of(make_event(name="Lama", state=EventState.DRAFT))
    assert settings.update_settings(actor, {"name": "Baru", "tagline": ""}, at=NOW)
    entry, values = last_details()
    assert (entry.action, entry.actor_id, entry.event_id) == ("event.update", actor.user_id, actor.event.id)
    assert values == {"before": {"name": "Lama"}, "after": {"name": "Baru"}}
    count = db.session.query(AuditEntry).count()
    assert not settings.update_settings(actor, {"name": "Baru"}, at=NOW)
    assert db.session.query(AuditEntry).count() == count


@pytest.mark.parametrize(
    ("key", "value"), [("slug", "alamat-lain"), ("zone", "Asia/Jayapura"), ("one_team_per_person", False)]
)
def test_what_people_rely_on_is_fixed_once_public(db_session, key, value):
    draft = organizer_of(make_event(state=EventState.DRAFT))
    assert settings.update_settings(draft, {key: value}, at=NOW)
    actor = organizer_of(make_event())
    with pytest.raises(Refused) as refusal:
        settings.update_settings(actor, {key: value}, at=NOW)
    assert refusal.value.field == key


def test_team_limits_cannot_cross(db_session):
    actor = organizer_of(make_event())
    with pytest.raises(Refused) as refusal:
        settings.update_settings(actor, {"team_min": 4, "team_max": 3}, at=NOW)
    assert refusal.value.field == "team_max"


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.JUROR, Role.SECRETARIAT, Role.MENTOR, Role.CHAIR])
def test_only_organizers_change_anything(db_session, role):
    event = make_event()
    user = make_user()
    give_role(event, user, role)
    actor = queries.get_actor(event.slug, user)
    with pytest.raises(NotAllowed):
        settings.update_settings(actor, {"name": "Lain"}, at=NOW)
    with pytest.raises(NotAllowed):
        lists.add_row(actor, Prize, {"name": "Juara"}, at=NOW)
    with pytest.raises(NotAllowed):
        timetable.save_timetable(actor, as_spans(actor.event), at=NOW)
    with pytest.raises(NotAllowed):
        launch.archive_event(actor, at=NOW)


def test_archived_events_refuse_every_change(db_session):
    actor = organizer_of(make_event(state=EventState.ARCHIVED))
    for attempt in (
        lambda: settings.update_settings(actor, {"name": "Lain"}, at=NOW),
        lambda: lists.add_row(actor, Prize, {"name": "Juara"}, at=NOW),
        lambda: timetable.save_timetable(
            actor, as_spans(actor.event, submission=1), grounds=timetable.Grounds("x"), at=NOW
        ),
    ):
        with pytest.raises(Refused, match="diarsipkan"):
            attempt()


# -- timetable ----------------------------------------------------------------------------------------------------


def test_a_draft_moves_freely_a_public_deadline_only_with_a_reason(db_session):
    draft = organizer_of(make_event(state=EventState.DRAFT))
    assert timetable.save_timetable(draft, as_spans(draft.event, submission=-1), at=NOW) == 1
    assert db.session.query(PhaseChange).count() == 0
    actor = organizer_of(make_event())
    old = next(p.ends_at for p in actor.event.phases if p.kind is PhaseKind.SUBMISSION)
    with pytest.raises(Refused) as refusal:
        timetable.save_timetable(
            actor, as_spans(actor.event, submission=-1), grounds=timetable.Grounds("  "), at=NOW
        )
    assert refusal.value.field == "reason"
    moved = timetable.save_timetable(
        actor, as_spans(actor.event, submission=-1), grounds=timetable.Grounds("Surat 12/2026"), at=NOW
    )
    assert moved == 1
    (change,) = queries.list_phase_changes(actor.event.id)
    assert (change.old_ends_at, change.new_ends_at) == (old, old - timedelta(days=1))
    assert (change.reason, change.actor_id, change.phase.kind) == (
        "Surat 12/2026",
        actor.user_id,
        PhaseKind.SUBMISSION,
    )


def test_a_moved_deadline_rests_on_a_numbered_letter(db_session):
    actor = organizer_of(make_event())
    pdf = b"%PDF-1.4\n%surat\n%%EOF\n"
    grounds = timetable.Grounds(
        "Listrik padam", "B/187/2026", LetterFile("../Surat edaran.PDF", pdf, 99), letter_is_public=True
    )
    timetable.save_timetable(actor, as_spans(actor.event, submission=-1), grounds=grounds, at=NOW)
    (change,) = queries.list_phase_changes(actor.event.id)
    assert (change.number, change.letter.filename, change.letter.is_public) == (
        "B/187/2026",
        "Surat edaran.pdf",
        True,
    )
    assert storage.read(change.letter.storage_key) == pdf
    assert describe_move(change) is Move.SHORTENED
    with pytest.raises(Refused, match="Tidak ada waktu") as idle:
        timetable.save_timetable(actor, as_spans(actor.event), grounds=grounds, at=NOW)
    assert idle.value.field == "letter"


@pytest.mark.parametrize(
    ("name", "content"), [("surat.pdf", b"MZ bukan surat"), ("surat.exe", b"%PDF-1.4"), ("surat.pdf", b"")]
)
def test_a_letter_that_is_none_changes_nothing(db_session, name, content):
    actor = organizer_of(make_event())
    grounds = timetable.Grounds("Listrik padam", "1", LetterFile(name, content, 99))
    with pytest.raises(Refused) as refusal:
        timetable.save_timetable(actor, as_spans(actor.event, submission=-1), grounds=grounds, at=NOW)
    assert refusal.value.field == "letter"
    assert queries.list_phase_changes(actor.event.id) == []


def test_renaming_a_phase_needs_no_reason(db_session):
    actor = organizer_of(make_event())
    spans = [Timespan(s.kind, f"{s.name} baru", s.starts_at, s.ends_at) for s in as_spans(actor.event)]
    assert timetable.save_timetable(actor, spans, at=NOW) == 0
    assert queries.list_phase_changes(actor.event.id) == []
    assert actor.event.phases[0].name == "Pendaftaran baru"


def test_impossible_timetables_are_refused(db_session):
    actor = organizer_of(make_event(state=EventState.DRAFT))
    with pytest.raises(Refused):
        timetable.save_timetable(actor, as_spans(actor.event, submission=10), at=NOW)  # into judging
    with pytest.raises(Refused):
        timetable.save_timetable(actor, as_spans(actor.event)[:-1], at=NOW)


def test_phases_come_and_go_only_in_a_draft(db_session):
    actor = organizer_of(make_event(state=EventState.DRAFT))
    phase = timetable.add_phase(actor, PhaseKind.FINAL, "Final kedua", at=NOW)
    assert phase.starts_at >= max(p.ends_at for p in actor.event.phases if p.id != phase.id)
    timetable.remove_phase(actor, phase, at=NOW)
    assert db.session.get(Phase, phase.id) is None
    public = organizer_of(make_event())
    with pytest.raises(Refused):
        timetable.remove_phase(public, public.event.phases[0], at=NOW)


# -- lists --------------------------------------------------------------------------------------------------------


def test_rows_keep_their_order(db_session):
    actor = organizer_of(make_event())
    rows = [
        lists.add_row(actor, Question, {"question": f"Tanya {n}", "answer": "Jawab"}, at=NOW)
        for n in range(3)
    ]
    lists.move_row(actor, rows[2], -1, at=NOW)
    lists.move_row(actor, rows[0], -1, at=NOW)  # already first
    shown = [row.question for row in queries.list_rows(Question, actor.event.id)]
    assert shown == ["Tanya 0", "Tanya 2", "Tanya 1"]
    lists.remove_row(actor, rows[2], at=NOW)
    entry, values = last_details()
    assert entry.action == "question.remove"
    assert values["before"]["question"] == "Tanya 2"
    assert [row.question for row in queries.list_rows(Question, actor.event.id)] == ["Tanya 0", "Tanya 1"]


def test_a_group_teams_belong_to_stays(db_session):
    event = make_event()
    actor = organizer_of(event)
    used, free = queries.list_rows(Group, event.id)
    make_team(event, group_id=used.id)
    with pytest.raises(Refused, match="Masih dipakai"):
        lists.remove_row(actor, used, at=NOW)
    lists.remove_row(actor, free, at=NOW)
    assert [group.id for group in queries.list_rows(Group, event.id)] == [used.id]


def test_codes_are_unique_in_an_event(db_session):
    actor = organizer_of(make_event())
    with pytest.raises(Refused) as refusal:
        lists.add_row(actor, Group, {"code": "a", "name": "Lain", "description": ""}, at=NOW)
    assert refusal.value.field == "code"
    second = queries.list_rows(Group, actor.event.id)[1]
    with pytest.raises(Refused):
        lists.edit_row(actor, second, {"code": "A"}, at=NOW)
    first = lists.add_row(actor, Track, {"name": "Layanan", "description": ""}, at=NOW)
    assert first.code == "layanan-2"  # the factory's track has `layanan`


# -- entry form ---------------------------------------------------------------------------------------------------


def field_values(**values):
    return {
        "label": "Uraian singkat",
        "section": "",
        "kind": FieldKind.LONG,
        "help": "",
        "required": True,
        "word_limit": 200,
        "options": {},
        **values,
    }


def test_field_keys_come_from_labels_and_stay(db_session):
    actor = organizer_of(make_event(state=EventState.DRAFT))
    first = entry_form.add_field(actor, field_values(), at=NOW)
    second = entry_form.add_field(actor, field_values(), at=NOW)
    assert (first.key, second.key) == ("uraian_singkat", "uraian_singkat_2")
    entry_form.edit_field(
        actor, first, field_values(label="Judul lain", kind=FieldKind.SHORT, word_limit=None), at=NOW
    )
    assert (first.key, first.label, first.kind) == ("uraian_singkat", "Judul lain", FieldKind.SHORT)


def test_kind_is_fixed_once_public(db_session):
    event = make_event()
    actor = organizer_of(event)
    field = make_field(event)
    with pytest.raises(Refused) as refusal:
        entry_form.edit_field(actor, field, field_values(kind=FieldKind.NUMBER, word_limit=None), at=NOW)
    assert refusal.value.field == "kind"
    assert entry_form.edit_field(actor, field, field_values(word_limit=300), at=NOW)


def test_removed_fields_keep_their_row_and_come_back_last(db_session):
    event = make_event()
    actor = organizer_of(event)
    first, second = make_field(event, "satu", position=0), make_field(event, "dua", position=1)
    entry_form.remove_field(actor, first, at=NOW)
    assert db.session.get_one(FormField, first.id).removed_at == NOW
    lists.move_row(actor, second, -1, at=NOW)
    entry_form.restore_field(actor, first, at=NOW)
    assert [row.key for row in queries.list_rows(FormField, event.id)] == ["dua", "satu"]
    assert first.removed_at is None


def test_unsound_fields_name_what_is_wrong(db_session):
    actor = organizer_of(make_event())
    values = field_values(kind=FieldKind.CHOICE, word_limit=None, options={"choices": []})
    with pytest.raises(Refused) as refusal:
        entry_form.add_field(actor, values, at=NOW)
    assert refusal.value.field == "choices"


# -- launch -------------------------------------------------------------------------------------------------------


def test_publishing_needs_what_is_necessary(db_session):
    event = make_event(state=EventState.DRAFT)
    actor = organizer_of(event)
    with pytest.raises(Refused) as refusal:
        launch.publish_event(actor, at=NOW)
    assert refusal.value.details["missing"] == ["description", "form"]
    make_field(event)
    settings.update_settings(actor, {"description": "Isi"}, at=NOW)
    launch.publish_event(actor, at=NOW)
    saved = db.session.get_one(Event, event.id)
    assert (saved.state, saved.published_at) == (EventState.PUBLISHED, NOW)
    with pytest.raises(Refused, match="sudah terbit"):
        launch.publish_event(actor, at=NOW)


def test_archive_and_back(db_session):
    actor = organizer_of(make_event())
    launch.archive_event(actor, at=NOW)
    assert actor.event.state is EventState.ARCHIVED
    with pytest.raises(Refused):
        launch.archive_event(actor, at=NOW)
    launch.unarchive_event(actor, at=NOW)
    assert (actor.event.state, actor.event.archived_at) == (EventState.PUBLISHED, None)


# -- lists of competitions ----------------------------------------------------------------------------------------


def test_lists_by_time_leave_drafts_out(db_session):
    slugs = {}
    for name, shift in (("open", 0), ("upcoming", 20), ("judging", -17), ("past", -40)):
        slugs[name] = make_event(shift_days=shift).slug
    make_event(state=EventState.DRAFT)

    def found(when: str) -> list[str]:
        return [event.slug for event in queries.list_events(when, NOW).items]

    assert found("open") == [slugs["open"]]
    assert found("upcoming") == [slugs["upcoming"]]
    assert found("past") == [slugs["past"]]
    assert set(found("running")) == {slugs["open"], slugs["judging"]}
    assert found("all") == [slugs["judging"], slugs["open"], slugs["upcoming"], slugs["past"]]


def test_open_competitions_stand_by_their_next_deadline(db_session):
    late, soon = make_event(shift_days=2), make_event(shift_days=-5)
    assert [event.slug for event in queries.list_events("open", NOW).items] == [soon.slug, late.slug]
    last = db.session.query(Phase).filter_by(event_id=soon.id, kind=PhaseKind.ANNOUNCEMENT).one()
    last.ends_at += timedelta(days=90)  # when everything ends does not matter
    db.session.flush()
    assert [event.slug for event in queries.list_events("open", NOW).items] == [soon.slug, late.slug]


def test_search_takes_signs_literally_and_pages_count(db_session):
    for n in range(3):
        make_event(name=f"Lomba 100% nyata {n}")
    make_event(name="Lomba 1000 nyata")
    page = queries.list_events("all", NOW, search="100% n", size=2)
    assert (page.total, page.pages, len(page.items)) == (3, 2, 2)
    assert queries.list_events("all", NOW, search="LOMBA 100%").total == 3
