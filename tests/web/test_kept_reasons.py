"""Forms written by hand: an outdated token loses neither a long reason nor what was matched."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.factories.world import World, build_world
from tests.support.pages import posting_forms

LONG = "Dewan juri memeriksa ulang lembar nilai dan menemukan dua angka yang tertukar."


@pytest.fixture
def world(app: Flask, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    return build_world()


def test_reasons_are_found_again_where_they_were_typed(world, sign_in_as) -> None:
    organizer = sign_in_as(world.users["organizer"])
    base = f"/k/{world.event.slug}/kelola"
    step = {"after": "provisional", "expected": "announced"}
    paper = f"{base}/dokumen/{world.values['certificate'].public_id}"
    award = world.values["special_award"].public_id
    poll = f"{base}/suara-publik/{world.values['poll'].public_id}/periksa"
    for page, target, more in (
        (paper, f"{paper}/cabut", {}),
        (f"{base}/hasil/1", f"{base}/hasil/1/status", step),
        (f"{base}/hasil/1/penghargaan", f"{base}/hasil/1/penghargaan/{award}/cabut", {}),
        (poll, poll, {}),
    ):
        fields = sent_by(organizer, page, target, having=more)
        data = {**fields, **more, "reason": LONG, "csrf_token": "usang"}
        answer = organizer.post(target, data=data, headers={"Referer": f"http://localhost{page}"})
        assert (answer.status_code, answer.location) == (302, page), target
        assert sent_by(organizer, page, target, having=more)["reason"] == [LONG], target


def test_what_was_matched_survives_an_old_page_and_a_slip(world, sign_in_as) -> None:
    organizer = sign_in_as(world.users["organizer"])
    page = f"/k/{world.event.slug}/kelola/impor-nilai/berkas/{world.values['import'].public_id}/kolom"
    fields = sent_by(organizer, page, page)
    assert fields["kata-idea"] == ["Lain"]
    meanings = ["note_team", *[""] * (len(fields["kolom"]) - 1)]
    sent = {**fields, "arti": meanings, "pilih-idea": ["-"], "baris-0": ["99"]}
    old = organizer.post(page, data={**sent, "csrf_token": "usang"})
    assert old.location == page
    slip = organizer.post(page, data=sent)
    assert slip.status_code == 422
    assert "tidak ada baris 99" in slip.text
    for text in (organizer.get(page).text, slip.text):
        [again] = [found for target, found in posting_forms(text, page) if target == page]
        assert (again["pilih-idea"], again["baris-0"]) == (["-"], ["99"])
        assert "note_team" in again["arti"]


def sent_by(client, page, target, having=()):
    """What the page's form to an address holds (of several the one with these answers)."""
    forms = [fields for to, fields in posting_forms(client.get(page).text, page) if to == target]
    wanted = [
        each for each in forms if all(each.get(name) == [value] for name, value in dict(having).items())
    ]
    assert wanted, (page, target)
    return wanted[0]
