"""Templates saved, read and written: an event is the same after it went through a file."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from innovate.accounts.models import SiteRole
from innovate.core.errors import NotAllowed, NotFound, Refused
from innovate.endorsement.domain.quota import Quotas
from innovate.endorsement.services.settings import save_rules
from innovate.events import policy, queries
from innovate.events.domain.kinds import Role
from innovate.events.domain.template import parse_template, propose_timetable
from innovate.events.models import TemplateReach
from innovate.events.services import saved_templates as services
from innovate.events.services.creation import NewEvent, clone_event, create_from_template
from innovate.events.services.template_files import (
    check,
    document_of,
    read_template,
    tell_template,
    write_template,
)
from innovate.events.services.template_yaml import read_yaml
from innovate.events.services.templates import load_templates, read_text
from innovate.visits.services.items import add_item
from tests.factories.build import NOW, give_role, make_event, make_user

ZONE = ZoneInfo("Asia/Pontianak")


@pytest.fixture
def creator(db_session):
    return make_user(site_role=SiteRole.ORGANIZER)


def make_from(template, creator, slug):
    spans = propose_timetable(template.phases, date(2027, 3, 1), ZONE)
    return create_from_template(creator, template, NewEvent("Lomba", slug, spans), at=NOW)


def plain(criteria):
    """Without the keys, which a template may leave to the event."""
    return [{name: value for name, value in row.items() if name != "key"} for row in criteria]


def sound(text):
    reading = read_template(text)
    assert reading.faults == ()
    return reading.document


@pytest.mark.parametrize("key", list(load_templates()))
def test_an_event_written_as_yaml_and_read_again_is_the_same_event(creator, key):
    """Template -> event -> YAML -> event -> YAML: nothing is lost on the way, and the file itself is stable."""
    given = sound(read_text(key))
    first = make_from(parse_template(given), creator, "satu")
    text = write_template(document_of(first))
    document = sound(text)
    second = make_from(parse_template(document), creator, "dua")
    assert write_template(document_of(second)) == text
    one, two = (queries.load_definition(event.id) for event in (first, second))
    assert [(p.kind, p.name, p.starts_at, p.ends_at) for p in one.phases] == [
        (p.kind, p.name, p.starts_at, p.ends_at) for p in two.phases
    ]
    for part in ("groups", "tracks", "checklist", "faq", "resources", "labels", "prizes", "rules"):
        assert document[part] == given[part], part
    assert [row["key"] for row in document["form"]] == [row["key"] for row in given["form"]]
    assert [plain(row["criteria"]) for row in document["rubrics"]] == [
        plain(row["criteria"]) for row in given["rubrics"]
    ]


def test_a_copied_event_is_the_same_template(creator):
    first = make_from(load_templates()["iga"], creator, "satu")
    actor = queries.get_actor("satu", creator)
    new = NewEvent("Lomba", "dua", propose_timetable(load_templates()["iga"].phases, date(2028, 1, 3), ZONE))
    copy = clone_event(actor, new, at=NOW)
    assert document_of(copy) == document_of(first)


def test_kipp_brings_threshold_weights_and_five_criteria(creator):
    document = check(document_of(make_from(load_templates()["kipp"], creator, "kipp")))[0]
    judging, final = document["rubrics"]
    assert (judging["weight"], final["weight"]) == (70, 30)
    assert [c["name"] for c in judging["criteria"]] == [
        "Kebaruan",
        "Efektivitas",
        "Manfaat",
        "Mudah disebarkan",
        "Keberlanjutan",
    ]
    assert [row["passing"] for row in document["round_rules"]] == [85, None]
    limits = {row["label"]: row["word_limit"] for row in document["form"] if row["word_limit"]}
    assert limits == {
        "Ringkasan": 200,
        "Ide inovatif": 600,
        "Signifikansi": 600,
        "Kontribusi terhadap capaian TPB": 200,
        "Adaptabilitas": 400,
        "Keberlanjutan": 600,
        "Kolaborasi pemangku kepentingan": 200,
        "Inspirasi": 100,
        "Proses replikasi": 200,
        "Faktor pembeda": 100,
    }


def test_every_template_of_the_product_tells_what_it_brings(app):
    for template in load_templates().values():
        assert "Rubrik penilaian" in [str(head) for head, _text in tell_template(template)]


# -- what is wrong is said, with its line -------------------------------------------------------------------------


BASE = """name: Lomba
labels: {group: Kelompok, track: Kategori, entry: Usulan}
team: {min: 1, max: 5, allow_non_asn: true, one_team_per_person: false}
phases:
  - {kind: submission, name: Pengajuan, days_from_start: 0, duration_days: 10}
  - {kind: judging, name: Penilaian, days_from_start: 11, duration_days: 5}
"""


@pytest.mark.parametrize(
    ("more", "line", "said"),
    [
        ("colour: red\n", 7, "colour: nama isian ini tidak dikenal"),
        ("form:\n  - {kind: long, label: A}\n", 8, "form 1, key: bagian ini wajib ada"),
        ("form:\n  - {key: a, kind: essay, label: A}\n", 8, "form 1, kind: isi salah satu dari"),
        ("form:\n  - {key: a, kind: choice, label: A}\n", 8, "form 1, options: jenis isian ini memerlukan"),
        ("form:\n  - {key: a, kind: long, label: A, word_limit: 50, word_least: 60}\n", 8, "word_least"),
        ("groups:\n  - {code: A, name: A}\n  - {code: a, name: B}\n", 9, "groups 2, code: “a” sudah dipakai"),
        ("resources:\n  - {title: A, url: 'javascript:alert(1)'}\n", 8, "isi tautan lengkap"),
        ("rubrics:\n  - phase: final\n    criteria: []\n", 8, "tidak ada tahap penilaian"),
        ("rubrics:\n  - phase: judging\n    criteria: [{name: A, weight: 0}]\n", 9, "isi angka dari 0.01"),
        (
            "rubrics:\n  - phase: judging\n    criteria: [{name: A, weight: 5, min: 9}]\n",
            9,
            "rubrics 1, criteria 1",
        ),
        ("round_rules: [{phase: judging, ties: [lot, plenary, shared]}]\n", 7, "setiap aturan satu kali"),
        ("round_rules: [{phase: judging, passing: 101}]\n", 7, "isi angka dari 0 sampai 100"),
        ("rules: [satu]\n", 7, "rules: isi dengan teks"),
    ],
)
def test_a_fault_is_named_with_its_line(app, more, line, said):
    (found,) = read_template(BASE + more).faults
    assert found[0] == line
    assert said in found[1]


def test_all_faults_are_told_at_once(app):
    text = BASE.replace("max: 5", "max: banyak").replace("kind: judging", "kind: menilai")
    faults = read_template(text + "lain: 1\n").faults
    assert [line for line, _said in faults] == [3, 6, 7]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "kosong"),
        (b"name: [a", "susunan YAML"),
        (b"a: 1\na: 2\n", "Baris 2: “a” tertulis dua kali"),
        (b"!!python/object/apply:os.system ['true']", "tidak dikenal"),
        (b"a: !!binary aGFsbw==", "tidak dikenal"),
        (b"\xff\xfe\x00", "bukan teks YAML"),
        (b'a: 1\nb: "x\\0y"', "Baris 2: teksnya memuat tanda yang tidak terlihat"),
        (b"[" * 400 + b"]" * 400, "terlalu dalam"),
        (b"a: " + b"x" * 300_000, "paling besar 256 kB"),
        (b"- 1\n" * 60_000, "terlalu banyak"),
        (
            b"a: &a [x,x,x,x,x,x,x,x,x]\n"
            + b"".join(
                f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n".encode()
                for a, b in zip("abcdefgh", "bcdefghi", strict=True)
            ),
            "terlalu banyak",
        ),
    ],
    ids=[
        "empty",
        "broken",
        "twice",
        "object",
        "binary",
        "bytes",
        "hidden",
        "deep",
        "large",
        "many",
        "laughs",
    ],
)
def test_what_is_no_template_is_refused_before_it_costs_anything(app, content, said):
    with pytest.raises(Refused, match=said):
        read_template(content)


def test_codes_and_telephones_stay_as_they_are_written(app):
    text = "code: 01\nphone: 0561123456\nmobile: +6281234\nsmall: -5\nnought: 0\nshare: 0.5\n"
    written = {
        "code": "01",
        "phone": "0561123456",
        "mobile": "+6281234",
        "small": -5,
        "nought": 0,
        "share": 0.5,
    }
    assert read_yaml(text)[0] == written


def test_an_alias_that_holds_itself_is_refused(app):
    with pytest.raises(Refused):
        read_template(b"a: &a\n  b: *a\n")


def test_what_units_and_visitors_are_asked_goes_along(creator):
    first = make_from(load_templates()["kota"], creator, "satu")
    actor = queries.get_actor("satu", creator)
    assert first.asks_endorsement
    group = first.groups[0] if "groups" in first.__dict__ else queries.load_definition(first.id).groups[0]
    save_rules(actor, asks=True, quotas=Quotas(3, {group.id: 2}), reason="", at=NOW)
    add_item(actor, label="Kartu antrean", text="Diambil dari rak?", at=NOW)
    document = sound(write_template(document_of(first)))
    assert document["endorsement"] == {"asked": True, "per_unit": 3, "per_group": [{"code": "A", "most": 2}]}
    assert document["visit_checklist"][-1] == {"label": "Kartu antrean", "help": "Diambil dari rak?"}
    second = make_from(parse_template(document), creator, "dua")
    assert document_of(second) == document_of(first)
    broken = {**document, "endorsement": {**document["endorsement"], "per_group": [{"code": "Z", "most": 1}]}}
    _found, faults = check(broken)
    assert [fault.path for fault in faults] == [("endorsement", "per_group", 0, "code")]


# -- saved templates ----------------------------------------------------------------------------------------------


def organizer_of(event, **values):
    user = make_user(**values)
    give_role(event, user, Role.ORGANIZER)
    return queries.get_actor(event.slug, user)


def test_versions_are_kept_and_the_newest_is_used(creator):
    first = make_from(load_templates()["empty"], creator, "lama")
    actor = queries.get_actor("lama", creator)
    saved = services.save_event_as_template(actor, name="Templat kita", description="Untuk unit.", at=NOW)
    template = services.find_usable(creator, saved.key)
    second = make_from(template, creator, "baru")
    assert second.template == saved.key
    assert document_of(second)["form"] == document_of(first)["form"]
    again = queries.get_actor("baru", creator)
    again.event.rules = "Ketentuan baru"
    services.save_event_as_template(again, name="Templat kita", into=saved, at=NOW)
    assert [version.number for version in queries.get_template(saved.public_id).versions] == [2, 1]
    assert queries.get_content(saved, 1)["rules"] == ""
    assert queries.get_content(saved)["rules"] == "Ketentuan baru"
    with pytest.raises(NotFound):
        queries.get_content(saved, 3)


def test_who_may_use_change_and_offer_a_template(creator):
    make_from(load_templates()["empty"], creator, "lama")
    saved = services.save_event_as_template(queries.get_actor("lama", creator), name="Milik", at=NOW)
    other = make_user(site_role=SiteRole.ORGANIZER)
    admin = make_user(site_role=SiteRole.ADMIN)
    nobody = make_user()
    assert services.find_usable(creator, saved.key)
    assert [services.find_usable(user, saved.key) for user in (other, admin, nobody)] == [None, None, None]
    with pytest.raises(NotFound):
        services.set_reach(admin, saved, TemplateReach.OFFERED, at=NOW)
    with pytest.raises(Refused):
        services.set_reach(creator, saved, TemplateReach.OFFERED, at=NOW)
    services.set_reach(creator, saved, TemplateReach.PROPOSED, at=NOW)
    assert policy.can_use_template(admin, saved)
    assert not policy.can_use_template(other, saved)
    services.set_reach(admin, saved, TemplateReach.OFFERED, at=NOW)
    assert queries.list_templates(other) == [saved]
    assert not policy.can_use_template(nobody, saved)
    for change in (
        lambda: services.describe_template(other, saved, name="X", description="", at=NOW),
        lambda: services.remove_template(other, saved, at=NOW),
    ):
        with pytest.raises(NotFound):
            change()


def test_a_removed_template_comes_back_with_its_versions(creator):
    make_from(load_templates()["empty"], creator, "lama")
    saved = services.save_event_as_template(queries.get_actor("lama", creator), name="Milik", at=NOW)
    services.remove_template(creator, saved, at=NOW)
    assert queries.list_templates(creator) == []
    assert services.find_usable(creator, saved.key) is None
    assert queries.list_templates(creator, removed=True) == [saved]
    services.restore_template(creator, saved, at=NOW)
    assert queries.list_templates(creator) == [saved]


def test_only_who_opens_competitions_saves_templates(db_session):
    event = make_event()
    actor = organizer_of(event)
    with pytest.raises(NotAllowed):
        services.save_event_as_template(actor, name="Milik", at=NOW)
    with pytest.raises(NotFound):
        services.save_document(actor.user, sound(BASE), at=NOW)
