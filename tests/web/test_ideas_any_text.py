"""Whatever a browser or a script sends to the proposal form: kept or refused, never a crash, never lost silently."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from innovate.core.db import db
from innovate.ideas.domain.answers import clean_text
from innovate.ideas.models import Idea
from tests.factories.proposals import draft, make_scene

LOOSE = settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
names = st.sampled_from(
    ["title", "f-ringkasan", "f-slogan", "f-asal", "f-bentuk", "f-biaya", "f-mulai", "f-tautan", "f-video"]
)


@pytest.fixture
def desk(db_session, sign_in_as):
    scene = make_scene()
    idea = draft(scene)
    return sign_in_as(scene.captain), f"/k/{scene.event.slug}/usulan/{idea.public_id}/ubah", idea.id


def stored(idea_id: int) -> Idea:
    db.session.expire_all()
    idea = db.session.get_one(Idea, idea_id)
    db.session.refresh(idea)
    return idea


@LOOSE
@given(names, st.text(max_size=400))
@example("f-ringkasan", "\x00\x1b\ufffd🏞️\u202e")
@example("f-ringkasan", "<script>alert(1)</script> {{ 7*7 }} %s %(x)s")
@example("title", "a\r\nb")
@example("f-ringkasan", "ж" * 29_000)
@example("f-ringkasan", "kata " * 20_000)
def test_any_text_is_kept_or_refused(desk, name, text):
    client, where, idea_id = desk
    before = stored(idea_id)
    version, kept = before.version, dict(before.answers)
    answer = client.post(
        where, data={name: text, "version": str(version)}, headers={"Accept": "application/json"}
    )
    after = stored(idea_id)
    if answer.status_code == 422:
        assert answer.json["message"]
        assert after.version == version
        assert after.answers == kept
        return
    assert answer.status_code == 200
    value = after.title if name == "title" else after.answers.get(name[2:], "")
    lines = name == "f-ringkasan"
    expected = clean_text(text, lines=lines)
    assert (value or "") == ([expected] if name == "f-bentuk" and expected else expected)
    assert client.get(where).status_code == 200
    assert client.get(where.replace("/ubah", "/pratinjau")).status_code == 200


@LOOSE
@given(st.binary(max_size=300))
@example(b"f-ringkasan=%ff%fe%80&version=1")
@example(b"version=99999999999999999999&title=x")
@example(b"version=\xb2&title=x")
@example(b"action=upload:&version=1")
@example(b"action=remove:zzz&version=2")
def test_any_bytes_are_answered(desk, body):
    client, where, _idea_id = desk
    answer = client.post(where, data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in {302, 400, 404, 409, 422}


def test_a_huge_body_is_refused(desk):
    client, where, idea_id = desk
    answer = client.post(where, data={"f-ringkasan": "x" * (22 * 1024 * 1024), "version": "1"})
    assert answer.status_code == 413
    assert stored(idea_id).title == "PARIT KITA"
