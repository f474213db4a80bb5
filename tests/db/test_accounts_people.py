"""Site roles, disabled accounts, the first admin, demo accounts, sessions."""

from datetime import timedelta

import pytest

from innovate.accounts import queries
from innovate.accounts.models import SiteRole
from innovate.accounts.services import people, sessions
from innovate.audit.queries import find_chain_fault, list_entries
from innovate.core import passwords
from innovate.core.db import db
from innovate.core.errors import NotAllowed, NotFound, Refused
from tests.factories.build import NOW, make_user

SECRET = "perahu kecil di parit"


def test_roles_change_by_another_admin_only(db_session) -> None:
    admin, person = make_user(site_role=SiteRole.ADMIN), make_user()
    people.set_site_role(admin, person, SiteRole.ORGANIZER, at=NOW)
    assert person.site_role is SiteRole.ORGANIZER
    ((entry, detail),) = (row for row in list_entries().items if row[0].action == "user.set_role")
    assert (entry.actor_id, entry.object_id) == (admin.id, str(person.id))
    assert detail.values == {"before": {"site_role": "member"}, "after": {"site_role": "organizer"}}
    with pytest.raises(Refused):
        people.set_site_role(admin, admin, SiteRole.MEMBER, at=NOW)
    with pytest.raises(NotAllowed):
        people.set_site_role(person, admin, SiteRole.MEMBER, at=NOW)


def test_a_disabled_person_is_out_at_once_and_can_come_back(db_session) -> None:
    admin, person = make_user(site_role=SiteRole.ADMIN), make_user()
    token = sessions.begin_session(person, at=NOW, days=1)
    assert queries.find_user_by_session(token, NOW) is person
    people.disable_person(admin, person, reason="Pindah tugas", at=NOW)
    assert queries.find_user_by_session(token, NOW) is None
    people.enable_person(admin, person, at=NOW)
    assert queries.find_user_by_session(token, NOW) is None
    assert queries.find_user_by_session(sessions.begin_session(person, at=NOW, days=1), NOW) is person


def test_a_session_ends_with_its_days_and_only_by_its_owner(db_session) -> None:
    mine, other = make_user(), make_user()
    token = sessions.begin_session(mine, at=NOW, days=1)
    assert queries.find_user_by_session(token, NOW + timedelta(hours=23)) is mine
    assert queries.find_user_by_session(token, NOW + timedelta(days=1)) is None
    (row,) = queries.list_sessions(mine, NOW)
    with pytest.raises(NotFound):
        sessions.end_session_elsewhere(other, row.public_id, at=NOW)
    sessions.end_session_elsewhere(mine, row.public_id, at=NOW)
    assert queries.list_sessions(mine, NOW) == []
    assert token not in str(row.__dict__)


def test_create_admin_by_command(app, db_session) -> None:
    run = app.test_cli_runner().invoke
    given = ["accounts", "create-admin", "--email", "Admin@Pontianak.go.id", "--name", "Sinta"]
    weak = run(args=[*given, "--password", "password12345"])
    assert weak.exit_code == 1
    assert "among the first anybody would try" in weak.output
    for address in ("bukan-surel", "admin@kota.test"):  # whatever the sign-in form would refuse later
        assert run(args=[*given[:3], address, "--name", "X", "--password", SECRET]).exit_code == 1
    assert queries.find_user_by_email("admin@pontianak.go.id") is None

    done = run(args=[*given, "--password", SECRET])
    assert done.output == "created: admin@pontianak.go.id is a site admin\n"
    admin = queries.find_user_by_email("admin@pontianak.go.id")
    assert admin.is_site_admin
    assert admin.email_verified_at == NOW
    assert passwords.verify_password(admin.password_hash, SECRET)

    asked = run(
        args=["accounts", "create-admin"], input=f"admin@pontianak.go.id\nSinta\n{SECRET}2\n{SECRET}2\n"
    )
    assert "changed: admin@pontianak.go.id is a site admin" in asked.output
    assert passwords.verify_password(admin.password_hash, f"{SECRET}2")
    assert find_chain_fault() is None


def test_demo_accounts_keep_a_production_site_closed_until_removed(app, db_session) -> None:
    demo, real = make_user(is_demo=True, site_role=SiteRole.ADMIN), make_user()
    token = sessions.begin_session(demo, at=NOW, days=1)
    with pytest.raises(people.DemoAccountsPresent, match="remove-demo"):
        people.refuse_demo_accounts()
    done = app.test_cli_runner().invoke(args=["accounts", "remove-demo", "--yes"])
    assert done.output == "1 demo accounts removed\n"
    people.refuse_demo_accounts()
    db.session.refresh(demo)
    assert (demo.password_hash, demo.site_role, demo.is_active) == (None, SiteRole.MEMBER, False)
    assert "pontianak" not in demo.email
    assert queries.find_user_by_session(token, NOW) is None
    assert real.is_active


def test_people_are_found_by_name_address_role_unit_and_state(db_session) -> None:
    from tests.factories.build import make_unit

    unit = make_unit()
    rina = make_user(name="Rina 100%", unit_id=unit.id)
    budi = make_user(name="Budi", email="budi@untan.ac.id", site_role=SiteRole.ORGANIZER)
    closed = make_user(name="Citra", disabled_at=NOW)
    fresh = make_user(name="Dewi", email_verified_at=None)

    def found(**filters):
        return [user.name for user in queries.list_people(**filters).items]

    assert found() == ["Budi", "Citra", "Dewi", "Rina 100%"]
    assert found(search="100%") == [rina.name]
    assert found(search="UNTAN") == [budi.name]
    assert found(role=SiteRole.ORGANIZER) == [budi.name]
    assert found(unit_id=unit.id) == [rina.name]
    assert found(state="disabled") == [closed.name]
    assert found(state="unconfirmed") == [fresh.name]
    assert queries.count_people_by_unit() == {unit.id: 1}
    assert queries.map_users({rina.id}) == {rina.id: rina}
