"""The pages of endorsement: the team's, the unit's, the secretariat's."""

from __future__ import annotations

import re
from io import BytesIO

import pytest

from innovate.accounts.models import SiteRole
from innovate.core.db import db
from innovate.endorsement.domain.chain import Stage
from innovate.endorsement.models import Chain, Coordinator, PaperProposal
from innovate.endorsement.queries.chains import find_chain
from innovate.events.domain.kinds import EventState, Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from tests.factories.build import NOW, give_role, make_idea, make_team, make_unit, make_user
from tests.factories.endorsement import PDF, make_chain, make_office, make_ready
from tests.support.queries import counted_queries

LETTER = {
    "head_name": "dr. Siti Rahma",
    "head_position": "Kepala Dinas Kesehatan",
    "number": "B/12/2026",
    "day": "2026-11-20",
}


@pytest.fixture
def office(db_session):
    return make_office()


@pytest.fixture
def idea(office):
    return make_ready(office.event, office.team)


def team_page(office, idea, page=""):
    return f"/k/{office.event.slug}/usulan/{idea.public_id}{page}"


def unit_page(office, idea, page=""):
    return f"/k/{office.event.slug}/pengesahan/{idea.public_id}{page}"


def room(office, page=""):
    return f"/k/{office.event.slug}/kelola/pengesahan{page}"


def seen(client, office, idea):
    return re.search(r'name="seen" type="hidden" value="([^"]*)"', client.get(unit_page(office, idea)).text)[
        1
    ]


def act(client, office, idea, name, **data):
    data = {"seen": seen(client, office, idea), **data}
    return client.post(unit_page(office, idea, f"/{name}"), data=data)


def endorse(client, office, idea, **more):
    file = (BytesIO(PDF), "surat.pdf")
    return act(client, office, idea, "sahkan", **{**LETTER, "file": file, **more})


def stage(idea):
    db.session.expire_all()
    return db.session.get_one(Chain, idea.id).stage


# -- the team ---------------------------------------------------------------------------------------------------------


def test_a_team_asks_its_unit_instead_of_handing_in(office, idea, sign_in_as):
    captain = sign_in_as(office.captain)
    answer = captain.get(team_page(office, idea, "/ajukan"))
    assert answer.location.endswith("/ajukan-ke-unit")
    page = captain.get(answer.location)
    assert "koordinator Puskesmas Alianyang" in page.text
    assert "Ajukan ke koordinator unit" in page.text
    version = re.search(r'name="version"[^>]*value="(\d+)"', page.text)[1]
    refused = captain.post(answer.location, data={"version": version})
    assert refused.status_code == 422
    assert "Centang pernyataan ini" in refused.text
    done = captain.post(answer.location, data={"version": version, "is_original": "y"})
    assert done.status_code == 302
    shown = captain.get(team_page(office, idea)).text
    assert "Menunggu pengesahan unit." in shown
    assert "Tarik kembali dari unit" in shown
    assert "Siap diajukan" not in shown
    assert "sudah ada di unit" in captain.get(answer.location).text
    assert "sedang diperiksa unit" in captain.get(team_page(office, idea, "/ubah")).text
    assert "Menunggu pengesahan unit" in captain.get("/beranda").text


def test_the_old_door_is_closed_by_post_too(office, idea, sign_in_as):
    captain = sign_in_as(office.captain)
    data = {"version": idea.version, "is_original": "y"}
    assert captain.post(team_page(office, idea, "/ajukan"), data=data).status_code == 302
    assert db.session.get_one(Idea, idea.id).state is IdeaState.DRAFT


def test_a_draft_tells_whom_it_will_wait_for(office, sign_in_as):
    lonely = make_team(office.event, make_user(), unit_id=make_unit(name="Satpol PP").id)
    draft = make_idea(lonely, answers={})
    captain = sign_in_as(office.read(draft).team.memberships[0].user)
    assert (
        "sekretariat kompetisi, karena unit ini belum punya koordinator"
        in captain.get(team_page(office, draft)).text
    )
    gaps = captain.get(team_page(office, draft, "/ajukan-ke-unit")).text
    assert "Belum ada yang dikirim ke unit" in gaps


def test_each_stage_tells_the_team_what_comes_next(office, sign_in_as):
    captain = sign_in_as(office.captain)
    idea = make_ready(office.event, office.team)
    make_chain(idea, Stage.ENDORSED, office.near)
    assert "Disahkan unit, belum diajukan." in captain.get(team_page(office, idea)).text
    assert "Mengubah isi membatalkan pengesahan." in captain.get(team_page(office, idea, "/ubah")).text
    db.session.get_one(Chain, idea.id).version = 0
    db.session.commit()
    assert "Ajukan lagi ke koordinator unit" in captain.get(team_page(office, idea)).text
    db.session.get_one(Chain, idea.id).stage = Stage.RETURNED
    db.session.commit()
    assert "Perbaiki, lalu ajukan lagi ke unit" in captain.get(team_page(office, idea)).text
    assert "Perbaiki POSYANDU PAGI" in captain.get("/beranda").text


def test_a_team_takes_it_back_and_writes_a_comment(office, idea, sign_in_as):
    captain = sign_in_as(office.captain)
    make_chain(idea, Stage.WAITING, office.captain)
    sent = captain.post(unit_page(office, idea, "/komentar"), data={"text": "Mohon <b>diperiksa</b>"})
    assert sent.location.endswith(f"/usulan/{idea.public_id}#percakapan")
    assert "Mohon &lt;b&gt;diperiksa" in captain.get(team_page(office, idea)).text
    captain.post(team_page(office, idea, "/tarik-dari-unit"))
    assert stage(idea) is Stage.TAKEN_BACK
    assert captain.post(unit_page(office, idea, "/komentar"), data={"text": " "}).status_code == 422


def test_what_was_typed_is_kept_when_somebody_else_decided_meanwhile(office, idea, sign_in_as):
    make_chain(idea, Stage.WAITING, office.captain)
    near, head = sign_in_as(office.near), sign_in_as(office.head)
    old = seen(near, office, idea)
    endorse(head, office, idea)
    late = near.post(unit_page(office, idea, "/kembalikan"), data={"seen": old, "reason": "Tambah data 2025"})
    assert late.status_code == 409
    assert "Tambah data 2025</textarea>" in late.text  # still possible
    old = seen(near, office, idea)
    act(head, office, idea, "kembalikan", reason="Ganti judul")
    late = near.post(unit_page(office, idea, "/kembalikan"), data={"seen": old, "reason": "Tambah data 2025"})
    assert late.status_code == 409
    assert '<p class="iv-quote">Tambah data 2025</p>' in late.text  # not possible any more


@pytest.mark.parametrize("day", ["2026-11-24", "2999-01-01"])
def test_a_letter_of_a_day_to_come_endorses_nothing(office, idea, sign_in_as, day):
    make_chain(idea, Stage.WAITING, office.captain)
    refused = endorse(sign_in_as(office.near), office, idea, day=day)
    assert refused.status_code == 422
    assert "Tanggal itu belum tiba." in refused.text
    assert "B/12/2026" in refused.text
    assert stage(idea) is Stage.WAITING


def test_a_comment_of_the_team_that_is_refused_is_shown_again(office, idea, sign_in_as):
    captain = sign_in_as(office.captain)
    make_chain(idea, Stage.WAITING, office.captain)
    long = captain.post(unit_page(office, idea, "/komentar"), data={"text": "Kami mohon " + "x" * 4000})
    assert long.status_code == 422
    assert "Kami mohon xxx" in long.text
    assert "Paling banyak 4" in long.text
    office.event.state = EventState.ARCHIVED
    db.session.commit()
    late = captain.post(unit_page(office, idea, "/komentar"), data={"text": "Terlambat sedikit"})
    assert late.status_code == 422
    assert "Terlambat sedikit" in late.text
    assert "sudah diarsipkan" in late.text


def test_an_event_that_does_not_ask_shows_nothing_of_it(office, idea, sign_in_as):
    office.event.asks_endorsement = False
    db.session.commit()
    captain, organizer = sign_in_as(office.captain), sign_in_as(office.organizer)
    captain = sign_in_as(office.captain)
    assert captain.get(team_page(office, idea, "/ajukan")).status_code == 200
    assert "unit" not in captain.get(team_page(office, idea, "/ajukan")).text.split("<main")[1].lower()
    assert captain.get(team_page(office, idea, "/ajukan-ke-unit")).status_code == 404
    organizer = sign_in_as(office.organizer)
    assert organizer.get(room(office)).status_code == 404
    assert organizer.get(room(office, "/aturan")).status_code == 200
    assert sign_in_as(office.near).get(unit_page(office, idea)).status_code == 404


# -- the unit ---------------------------------------------------------------------------------------------------------


def test_a_coordinator_reads_endorses_and_hands_in(office, idea, sign_in_as):
    make_chain(idea, Stage.WAITING, office.captain)
    near = sign_in_as(office.near)
    assert "Putuskan 1 usulan unit" in near.get("/beranda").text
    listed = near.get("/usulan-unit").text
    assert "POSYANDU PAGI" in listed
    assert "1 usulan menunggu keputusan unit" in listed
    page = near.get(unit_page(office, idea)).text
    assert "Warga mengukur air parit" in page
    for label in ("Sahkan usulan", "Kembalikan kepada tim", "Kirim komentar"):
        assert label in page
    assert endorse(near, office, idea).status_code == 302
    page = near.get(unit_page(office, idea)).text
    assert "Ajukan ke sekretariat" in page
    assert "Surat B/12/2026" in page
    letter = near.get(re.search(r'href="([^"]+/surat/[^"]+)"', page)[1])
    assert letter.data == PDF
    assert letter.headers["Content-Disposition"].startswith("attachment")
    assert act(near, office, idea, "ajukan").status_code == 302
    assert "diterima sekretariat dengan nomor" in near.get(unit_page(office, idea)).text
    db.session.expire_all()
    assert db.session.get_one(Idea, idea.id).state is IdeaState.SUBMITTED
    clerk = sign_in_as(office.clerk)
    screen = clerk.get(f"/k/{office.event.slug}/kelola/seleksi/{idea.public_id}").text
    assert "Surat B/12/2026" in screen


def test_a_letter_that_is_none_keeps_what_was_typed(office, idea, sign_in_as):
    make_chain(idea, Stage.WAITING, office.captain)
    near = sign_in_as(office.near)
    for file in ((BytesIO(b"MZ"), "surat.pdf"), (BytesIO(b""), "")):
        answer = endorse(near, office, idea, file=file)
        assert answer.status_code == 422
        assert "dr. Siti Rahma" in answer.text
    empty = endorse(near, office, idea, number=" ")
    assert empty.status_code == 422
    assert stage(idea) is Stage.WAITING


def test_returning_undoing_and_deciding_on_an_old_page(office, idea, sign_in_as):
    make_chain(idea, Stage.WAITING, office.captain)
    near = sign_in_as(office.near)
    assert act(near, office, idea, "kembalikan", reason="").status_code == 422
    assert act(near, office, idea, "kembalikan", reason="Tambah angka").status_code == 302
    assert stage(idea) is Stage.RETURNED
    assert "Tambah angka" in near.get(unit_page(office, idea)).text
    assert act(near, office, idea, "batalkan", reason="Keliru").status_code == 302
    stale = act(near, office, idea, "ajukan", seen="1.1")
    assert stale.status_code == 409
    assert "Keadaan sudah berubah." in stale.text
    refused = act(near, office, idea, "sahkan-lagi")
    assert refused.status_code == 422
    assert stage(idea) is Stage.WAITING


def test_a_coordinator_comments(office, idea, sign_in_as):
    make_chain(idea, Stage.WAITING, office.captain)
    near = sign_in_as(office.near)
    assert near.post(unit_page(office, idea, "/komentar"), data={"text": ""}).status_code == 422
    sent = near.post(unit_page(office, idea, "/komentar"), data={"text": "Sudah saya baca"})
    assert sent.location.endswith(f"/pengesahan/{idea.public_id}#percakapan")


def test_a_draft_is_not_read_before_it_is_shown(office, idea, sign_in_as):
    near = sign_in_as(office.near)
    page = near.get(unit_page(office, idea)).text
    assert "Tim masih menulis" in page
    assert "POSYANDU PAGI" not in page
    assert "Warga mengukur" not in page
    assert "POSYANDU PAGI" not in near.get("/usulan-unit").text


def test_strangers_and_other_units_find_nothing(office, idea, sign_in_as):
    make_chain(idea, Stage.WAITING, office.captain)
    other = make_office()
    for user in (other.near, office.organizer, office.clerk, office.captain, make_user()):
        client = sign_in_as(user)
        assert client.get(unit_page(office, idea)).status_code == 404
        assert client.post(unit_page(office, idea, "/ajukan")).status_code == 404
    assert sign_in_as(office.captain).get("/usulan-unit").status_code == 404
    db.session.query(Coordinator).filter_by(user_id=office.near.id).update({"ended_at": NOW})
    db.session.commit()
    near = sign_in_as(office.near)
    assert near.get(unit_page(office, idea)).status_code == 404
    assert near.get("/usulan-unit").status_code == 404


def test_a_juror_who_coordinates_finds_nothing_in_that_event(office, idea, sign_in_as):
    make_chain(idea, Stage.WAITING, office.captain)
    give_role(office.event, office.near, Role.JUROR)
    near = sign_in_as(office.near)
    assert near.get(unit_page(office, idea)).status_code == 404
    assert "POSYANDU" not in near.get("/usulan-unit").text


def test_letters_are_for_who_may_have_them(office, idea, sign_in_as):
    chain = make_chain(idea, Stage.ENDORSED, office.near)
    address = unit_page(office, idea, f"/surat/{chain.letter_id and _letter_id(chain)}")
    for user, status in (
        (office.captain, 200),
        (office.near, 200),
        (office.head, 200),
        (office.clerk, 404),  # not handed in yet
        (office.organizer, 404),
        (make_user(), 404),
    ):
        assert sign_in_as(user).get(address).status_code == status, user.email


def _letter_id(chain):
    return find_chain(chain.idea_id).letter.public_id


def test_the_list_narrows_and_forgives(office, sign_in_as):
    idea = make_ready(office.event, office.team)
    make_chain(idea, Stage.WAITING, office.captain)
    near = sign_in_as(office.near)
    assert "POSYANDU PAGI" in near.get("/usulan-unit?keadaan=waiting").text
    assert "Tidak ada yang cocok" in near.get("/usulan-unit?keadaan=endorsed").text
    for query in ("?page=-3", "?page=abc", "?keadaan=DROP", "?kompetisi=" + "x" * 500):
        assert near.get("/usulan-unit" + query).status_code == 200


@pytest.mark.parametrize("eyes", ["near", "captain", "clerk"])
def test_pages_ask_no_more_for_more_proposals(office, sign_in_as, eyes):
    idea = make_ready(office.event, office.team)
    make_chain(idea, Stage.WAITING, office.captain)
    addresses = {
        "near": ["/usulan-unit", unit_page(office, idea), "/beranda"],
        "captain": [team_page(office, idea), team_page(office, idea, "/ajukan-ke-unit")],
        "clerk": [room(office), room(office, "/ekspor.csv")],
    }[eyes]
    client = sign_in_as(getattr(office, eyes))
    few = []
    for address in addresses:
        client.get(address)
        with counted_queries() as queries:
            assert client.get(address).status_code == 200
        few.append(len(queries))
    for _n in range(3):
        more = make_ready(office.event, make_team(office.event, make_user(), unit_id=office.puskesmas.id))
        make_chain(more, Stage.WAITING, office.captain)
        make_ready(office.event, make_team(office.event, make_user(), unit_id=make_unit().id))
    db.session.commit()
    for address, before in zip(addresses, few, strict=True):
        with counted_queries() as queries:
            client.get(address)
        assert len(queries) <= before, address


# -- the committee ----------------------------------------------------------------------------------------------------


def test_the_overview_counts_sorts_and_exports(office, idea, sign_in_as):
    make_chain(idea, Stage.WAITING, office.captain)
    alone = make_ready(
        office.event, make_team(office.event, make_user(), unit_id=make_unit(name="=Dinas").id)
    )
    make_chain(alone, Stage.WAITING, office.captain)
    clerk = sign_in_as(office.clerk)
    page = clerk.get(room(office)).text
    assert "1 usulan menunggu sekretariat" in page
    assert "Puskesmas Alianyang" in page
    for query in ("?sort=-waiting", "?sort=apa", "?page=99", "?page=x"):
        assert clerk.get(room(office) + query).status_code == 200
    csv = clerk.get(room(office, "/ekspor.csv"))
    assert csv.data.startswith(b"\xef\xbb\xbfUnit,")
    assert "'=Dinas" in csv.text
    assert clerk.get(room(office, "/ekspor.xlsx")).data.startswith(b"PK")
    assert clerk.get(room(office, "/ekspor.exe")).status_code == 404
    assert "mewakili unit" in clerk.get(unit_page(office, alone)).text


def test_rules_are_saved_with_a_reason_after_the_launch(office, sign_in_as):
    organizer = sign_in_as(office.organizer)
    page = organizer.get(room(office, "/aturan"))
    assert "Kompetisi sudah terbit." in page.text
    group = office.actor().event.groups[0].id
    data = {"asks": "y", "per_unit": "2", f"group_{group}": "1"}
    refused = organizer.post(room(office, "/aturan"), data=data)
    assert refused.status_code == 422
    assert 'value="2"' in refused.text
    assert organizer.post(room(office, "/aturan"), data={**data, "reason": "Juknis"}).status_code == 302
    shown = organizer.get(room(office, "/aturan")).text
    assert 'value="2"' in shown
    for bad in ("-1", "1000", "dua", "9" * 40):
        answer = organizer.post(room(office, "/aturan"), data={**data, "per_unit": bad, "reason": "x"})
        assert answer.status_code == 422, bad
    office.event.state = EventState.ARCHIVED
    db.session.commit()
    assert organizer.post(room(office, "/aturan"), data=data).status_code == 404


PAPER = {
    "title": "JAMBAN SEHAT",
    "team": "Tim Berkas",
    "members": "Rudi Hartono\nSri Lestari",
    "contact_name": "Rudi Hartono",
    "received_on": "2026-11-20",
}


def test_the_secretariat_enters_what_came_on_paper(office, sign_in_as):
    clerk = sign_in_as(office.clerk)
    assert clerk.get(room(office, "/kertas")).status_code == 200
    data = {**PAPER, "unit": str(office.puskesmas.id), "scans": (BytesIO(PDF), "berkas.pdf")}
    answer = clerk.post(room(office, "/kertas"), data=data)
    assert answer.status_code == 302
    row = db.session.query(PaperProposal).one()
    entered = db.session.get_one(Idea, row.idea_id)
    editor = clerk.get(team_page(office, entered, "/ubah"))
    assert editor.status_code == 200
    assert "Tim masih kurang" not in editor.text
    shown = clerk.get(team_page(office, entered)).text
    assert "Dimasukkan oleh sekretariat dari kertas" in shown
    scan = clerk.get(re.search(r'href="([^"]+/pindaian/[^"]+)"', shown)[1])
    assert scan.data == PDF
    assert "1 usulan dari kertas" in clerk.get(room(office)).text
    team = clerk.get(f"/k/{office.event.slug}/tim/{office.read(entered).team.public_id}").text
    assert "tanpa akun, dari berkas kertas" in team
    assert (
        "dari kertas, tanpa akun"
        in sign_in_as(office.organizer).get(f"/k/{office.event.slug}/kelola/tim").text
    )


def test_a_paper_form_that_is_wrong_keeps_what_was_typed(office, sign_in_as):
    clerk = sign_in_as(office.clerk)
    for change in (
        {"title": ""},
        {"received_on": "2026-11-24"},
        {"received_on": "kemarin"},
        {"contact_email": "bukan"},
        {"unit": "999999"},
        {"scans": (BytesIO(b"MZ"), "a.pdf")},
        {"scans": (BytesIO(b""), "")},
    ):
        data = {**PAPER, "scans": (BytesIO(PDF), "berkas.pdf"), **change}
        answer = clerk.post(room(office, "/kertas"), data=data)
        assert answer.status_code == 422, change
        assert "Rudi Hartono" in answer.text
    assert db.session.query(PaperProposal).count() == 0


def test_an_administrator_appoints_and_ends_coordinators(office, sign_in_as):
    admin, person = sign_in_as(make_user(site_role=SiteRole.ADMIN)), make_user(name="Hj. Marhamah")
    page = f"/admin/unit/{office.puskesmas.code}"
    assert "Tunjuk koordinator" in admin.get(page).text
    refused = admin.post(f"{page}/koordinator", data={"email": "tak.ada@contoh.example"})
    assert refused.status_code == 422
    assert "Tidak ada akun aktif" in refused.text
    assert "tak.ada@contoh.example" in refused.text
    assert admin.post(f"{page}/koordinator", data={"email": person.email}).status_code == 302
    assert "Hj. Marhamah" in admin.get(page).text
    row = db.session.query(Coordinator).filter_by(user_id=person.id).one()
    admin.post(f"{page}/koordinator/{row.public_id}/akhiri")
    assert "berakhir" in admin.get(page).text
    assert admin.post(f"{page}/koordinator/tidakada/akhiri").status_code == 404
