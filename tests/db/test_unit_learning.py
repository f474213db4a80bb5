"""A coordinator reads the learning hours of their units, and of no others."""

from __future__ import annotations

from innovate.accounts.models import Employment
from innovate.endorsement.queries.learning import list_learners, select_learners
from innovate.learning.domain.kinds import ActivityState
from innovate.learning.queries.record import Year, map_years
from tests.factories.build import NOW, make_unit, make_user
from tests.factories.endorsement import make_coordinator
from tests.factories.learning import HOUR, make_activity, make_attendance, make_session
from tests.support.queries import counted_queries


def test_everybody_below_the_unit_stands_on_the_list_with_their_year(db_session):
    unit, other = make_unit(), make_unit()
    below = make_unit(parent_id=unit.id, name="UPT Contoh")
    coordinator = make_user()
    make_coordinator(unit, coordinator, coordinator)
    ani, budi = make_user(name="Ani", unit_id=unit.id), make_user(name="Budi", unit_id=below.id)
    make_user(name="Cici", unit_id=other.id)
    make_user(name="Dedi", unit_id=unit.id, employment=Employment.STUDENT)
    make_user(name="Eka", unit_id=unit.id, disabled_at=NOW)
    for starts in (-10 * HOUR, -20 * HOUR):
        make_attendance(make_session(make_activity(ani), starts=starts), budi)
    make_attendance(make_session(make_activity(ani)), ani)  # not over
    make_attendance(make_session(make_activity(ani, state=ActivityState.CANCELLED), starts=-10 * HOUR), ani)
    rows = list_learners(coordinator.id, 2026, at=NOW)
    assert [(row.user.name, row.year) for row in rows] == [("Ani", Year(0, 0)), ("Budi", Year(2, 6))]
    assert [row.user.name for row in select_learners(rows, "upt con")] == ["Budi"]
    assert list_learners(ani.id, 2026, at=NOW) == []
    assert list_learners(coordinator.id, 2025, at=NOW)[1].year == Year(0, 0)


def test_many_people_and_activities_take_three_statements(db_session):
    people = [make_user() for _n in range(3)]
    for _n in range(3):
        session = make_session(make_activity(people[0]), starts=-10 * HOUR)
        for user in people:
            make_attendance(session, user)
    with counted_queries() as queries:
        found = map_years([user.id for user in people], 2026, at=NOW)
    assert len(queries) == 3
    assert set(found.values()) == {Year(3, 9)}


def test_any_year_may_be_asked_for(db_session):
    for year in (-5, 0, 1999, 2999, 9999, 10**9):
        assert map_years([1], year, at=NOW) == {}
