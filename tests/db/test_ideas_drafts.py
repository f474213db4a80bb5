"""Writing a proposal: saving, joining two people's work, history, attachments."""

from datetime import timedelta

import pytest

from innovate.audit.models import AuditEntry
from innovate.core import storage
from innovate.core.errors import NotFound, Refused, Stale
from innovate.events.domain.kinds import EventState
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.domain.merging import Posted
from innovate.ideas.models import IdeaRevision
from innovate.ideas.queries.files import list_files
from innovate.ideas.services import drafts, files
from tests.factories import build
from tests.factories.proposals import NOW, PDF, draft, make_scene

MINUTE = timedelta(minutes=1)
LATE = NOW + timedelta(days=10)


@pytest.fixture
def scene(db_session):
    return make_scene()


def save(scene, idea, parts, *, user=None, base=None, touched=None, at=NOW, explicit=False):
    posted = Posted({k: [v] for k, v in parts.items()}, idea.version if base is None else base, touched)
    return drafts.save_draft(scene.actor(user), idea, posted, at=at, explicit=explicit)


def revisions(db_session, idea):
    return db_session.query(IdeaRevision).filter_by(idea_id=idea.id).order_by(IdeaRevision.number).all()


def test_a_team_has_one_living_idea_however_often_members_begin(scene):
    first = drafts.create_idea(scene.actor(), scene.team, at=NOW)
    again = drafts.create_idea(scene.actor(scene.member), scene.team, at=NOW)
    assert first is again
    assert first.state is IdeaState.DRAFT
    assert first.number is None


def test_a_new_draft_takes_group_and_unit_of_the_team(scene):
    scene.team.group_id = scene.actor().event.groups[1].id
    idea = drafts.create_idea(scene.actor(), scene.team, at=NOW)
    assert (idea.group_id, idea.unit_id) == (scene.team.group_id, scene.team.unit_id)


def test_strangers_cannot_begin_for_a_team(scene):
    with pytest.raises(NotFound):
        drafts.create_idea(scene.actor(build.make_user()), scene.team, at=NOW)


@pytest.mark.parametrize("days", [-11, 10])
def test_nobody_begins_outside_the_submission_phase(scene, days):
    with pytest.raises(Refused):
        drafts.create_idea(scene.actor(), scene.team, at=NOW + timedelta(days=days))


def test_saving_keeps_every_kind_of_answer_as_typed(scene):
    idea = draft(
        scene, f_biaya="1.500.000", f_mulai="2026-02-01", f_asal="Gagasan tim", f_tautan="bukan tautan"
    )
    assert idea.title == "PARIT KITA"
    assert idea.group_id == scene.actor().event.groups[0].id
    assert idea.answers["biaya"] == "1.500.000"
    assert idea.answers["tautan"] == "bukan tautan"
    assert idea.answers["asal"] == "Gagasan tim"


def test_a_save_without_a_change_changes_nothing(scene, db_session):
    idea = draft(scene)
    version = idea.version
    save(scene, idea, {"title": "PARIT KITA"}, at=NOW + MINUTE)
    assert idea.version == version
    assert idea.updated_at == NOW
    assert len(revisions(db_session, idea)) == 1


def test_parts_not_sent_are_left_alone(scene):
    idea = draft(scene, f_slogan="Air turun")
    save(scene, idea, {"title": "PARIT"})
    assert idea.answers["slogan"] == "Air turun"


def test_two_people_in_different_parts_are_joined(scene):
    idea = draft(scene)
    base = idea.version
    save(scene, idea, {"f-slogan": "dari Dedi"}, user=scene.member, base=base)
    saved = save(scene, idea, {"f-slogan": "", "title": "BARU"}, base=base, touched=frozenset({"title"}))
    assert idea.answers["slogan"] == "dari Dedi"
    assert idea.title == "BARU"
    assert saved.merged == {"f-slogan": "dari Dedi"}


def test_two_people_in_the_same_part_are_refused_with_both_versions(scene):
    idea = draft(scene)
    base = idea.version
    save(scene, idea, {"f-slogan": "dari Dedi"}, user=scene.member, base=base)
    with pytest.raises(Stale) as caught:
        save(scene, idea, {"f-slogan": "dari Rina"}, base=base)
    assert caught.value.details["conflicts"] == ["f-slogan"]
    assert caught.value.details["current"]["f-slogan"] == "dari Dedi"
    assert caught.value.details["by"] == "Dedi Kurnia"
    assert caught.value.details["version"] == idea.version
    assert idea.answers["slogan"] == "dari Dedi"
    save(scene, idea, {"f-slogan": "dari Rina"}, base=caught.value.details["version"])
    assert idea.answers["slogan"] == "dari Rina"


def test_autosaves_of_one_author_join_for_ten_minutes(scene, db_session):
    idea = drafts.create_idea(scene.actor(), scene.team, at=NOW)
    for minute in range(0, 12, 3):
        save(scene, idea, {"title": f"JUDUL {minute}"}, at=NOW + minute * MINUTE)
    save(scene, idea, {"title": "JUDUL LAIN"}, user=scene.member, at=NOW + 10 * MINUTE)
    found = revisions(db_session, idea)
    assert [(r.title, r.author_id) for r in found] == [
        ("JUDUL 9", scene.captain.id),
        ("JUDUL LAIN", scene.member.id),
    ]
    save(scene, idea, {"title": "NANTI"}, user=scene.member, at=NOW + 20 * MINUTE)
    assert len(revisions(db_session, idea)) == 3


def test_an_explicit_save_closes_the_joined_entry(scene, db_session):
    idea = drafts.create_idea(scene.actor(), scene.team, at=NOW)
    save(scene, idea, {"title": "SATU"}, at=NOW)
    save(scene, idea, {"title": "DUA"}, at=NOW + MINUTE, explicit=True)
    save(scene, idea, {"title": "TIGA"}, at=NOW + 2 * MINUTE)
    assert [r.title for r in revisions(db_session, idea)] == ["DUA", "TIGA"]
    save(scene, idea, {"title": "TIGA"}, at=NOW + 3 * MINUTE, explicit=True)
    assert [r.is_autosave for r in revisions(db_session, idea)] == [False, False]


def test_each_new_entry_of_the_history_is_audited(scene, db_session):
    idea = draft(scene)
    actions = [entry.action for entry in db_session.query(AuditEntry).order_by(AuditEntry.id)]
    assert actions == ["idea.create", "idea.save"]
    save(scene, idea, {"title": "LAIN"})
    assert db_session.query(AuditEntry).filter_by(action="idea.save").count() == 2


def test_a_draft_can_still_be_saved_after_the_deadline_but_not_in_an_archive(scene):
    idea = draft(scene)
    save(scene, idea, {"title": "TERLAMBAT"}, at=LATE)
    assert idea.title == "TERLAMBAT"
    scene.event.state = EventState.ARCHIVED
    with pytest.raises(Refused):
        save(scene, idea, {"title": "ARSIP"}, at=LATE)


def test_strangers_cannot_save(scene):
    with pytest.raises(NotFound):
        save(scene, draft(scene), {"title": "X"}, user=build.make_user())


@pytest.mark.parametrize(("part", "size"), [("title", 161), ("f-ringkasan", 30_001), ("f-slogan", 301)])
def test_too_long_is_refused_not_cut(scene, part, size):
    idea = draft(scene)
    with pytest.raises(Refused) as caught:
        save(scene, idea, {part: "x" * size})
    assert caught.value.field == part


def test_nothing_a_form_sends_breaks_the_database(scene, db_session):
    idea = draft(scene)
    save(scene, idea, {"title": "A\x00B\ud800", "f-ringkasan": "\ufffd 🏞️ \udfff \x1b[0m"})
    db_session.flush()
    assert idea.title == "AB"
    assert idea.answers["ringkasan"] == "\ufffd 🏞️  [0m"


def attach(scene, idea, name="bukti.pdf", content=PDF, key="bukti", user=None, **more):
    values = {"filename": name, "content": content, "max_bytes": 10_000, "at": NOW, **more}
    return files.attach_file(scene.actor(user), idea, key, **values)


def test_attaching_keeps_bytes_name_and_history(scene, db_session):
    idea = draft(scene)
    version = idea.version
    file = attach(scene, idea, "Surat Dukungan.PDF")
    assert (file.filename, file.media_type, file.size) == ("Surat Dukungan.pdf", "application/pdf", len(PDF))
    assert storage.read(file.storage_key) == PDF
    assert idea.version == version + 1
    assert revisions(db_session, idea)[-1].files == [file.id]


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("a.pdf", b"", "empty"),
        ("a.pdf", PDF + b"x" * 10_000, "too_large"),
        ("a.exe", b"MZ", "kind"),
        ("a.docx", PDF, "kind"),
        ("a.png", PDF, "mislabelled"),
    ],
)
def test_refused_files_leave_nothing_behind(scene, name, content, fault):
    idea = draft(scene)
    with pytest.raises(Refused) as caught:
        attach(scene, idea, name, content)
    assert caught.value.field == "f-bukti"
    assert caught.value.details == {"fault": fault}
    assert list_files(idea.id) == []


def test_a_field_takes_no_more_files_than_it_says(scene):
    idea = draft(scene)
    attach(scene, idea, "a.pdf")
    attach(scene, idea, "b.pdf")
    with pytest.raises(Refused):
        attach(scene, idea, "c.pdf")


def test_files_go_only_into_file_fields(scene):
    idea = draft(scene)
    for key in ("ringkasan", "tidak-ada"):
        with pytest.raises(NotFound):
            attach(scene, idea, key=key)


def test_removing_keeps_the_file_and_restoring_brings_it_back(scene, db_session):
    idea = draft(scene)
    first = attach(scene, idea, "a.pdf")
    files.remove_file(scene.actor(), idea, first.public_id, at=NOW)
    assert idea.files == []
    assert storage.read(first.storage_key) == PDF
    files.restore_file(scene.actor(), idea, first.public_id, at=NOW)
    assert [f.filename for f in idea.files] == ["a.pdf"]
    files.remove_file(scene.actor(), idea, first.public_id, at=NOW)
    attach(scene, idea, "b.pdf")
    attach(scene, idea, "c.pdf")
    with pytest.raises(Refused):
        files.restore_file(scene.actor(), idea, first.public_id, at=NOW)


def test_strangers_touch_no_file(scene):
    idea = draft(scene)
    file = attach(scene, idea)
    stranger = build.make_user()
    with pytest.raises(NotFound):
        attach(scene, idea, user=stranger)
    with pytest.raises(NotFound):
        files.remove_file(scene.actor(stranger), idea, file.public_id, at=NOW)
