"""The practice entry: prepared by those who lead, scored by jurors, shown once."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from innovate.audit.models import AuditEntry
from innovate.calibration.models import PracticeSheet, PracticeState
from innovate.calibration.queries import (
    find_practice,
    find_sheet,
    find_waiting,
    list_sheets,
    load_criteria,
    read_panel,
)
from innovate.calibration.services import practice as services
from innovate.calibration.services.endings import drop_practice
from innovate.calibration.services.sheets import save_sheet
from innovate.core.db import db
from innovate.core.errors import NotAllowed, NotFound, Refused, Stale
from innovate.events.domain.kinds import Role
from innovate.events.models import Phase
from innovate.events.queries import get_actor
from innovate.notifications.models import OutboxMail
from innovate.scoring.domain.rubric import Filled
from innovate.scoring.models.ballots import Ballot
from innovate.scoring.queries.rounds import list_rounds
from innovate.scoring.services.round_jury import set_round_jury
from tests.factories.build import NOW, give_role, make_event, make_round, make_user


class Stage:
    """A round with an organizer and two jurors."""

    def __init__(self) -> None:
        self.event = make_event(shift_days=-10)
        make_round(self.event)
        (self.round,) = list_rounds(self.event.id)
        self.organizer = self.person(Role.ORGANIZER)
        self.strict, self.mild = self.person(Role.JUROR), self.person(Role.JUROR)

    def person(self, role: Role):
        user = make_user()
        give_role(self.event, user, role)
        return get_actor(self.event.slug, user)

    def opened(self):
        self.write()
        return services.open_practice(self.organizer, self.round, at=NOW)

    def write(self, **values):
        texts = {"title": "TELADAN", "body": "Isi", **values}
        return services.write_practice(self.organizer, self.round, at=NOW, **texts)

    def give(self, actor, *values: str, version: int = 0, hand_in: bool = True) -> PracticeSheet:
        practice = find_practice(self.round)
        keys = [row.id for row in load_criteria(practice, self.round)]
        filled = Filled(version, dict(zip(keys, values, strict=False)), comment_internal="Kurang bukti")
        return save_sheet(actor, self.round, practice, filled, hand_in=hand_in, at=NOW)


@pytest.fixture
def stage(db_session) -> Stage:
    return Stage()


def test_from_the_text_to_the_spread(stage) -> None:
    practice = stage.opened()
    assert db.session.scalars(select(OutboxMail.address)).all() == [
        stage.strict.user.email,
        stage.mild.user.email,
    ]
    assert find_waiting(stage.strict)[1] is practice
    stage.give(stage.strict, *"22222")
    stage.give(stage.mild, *"44443")
    assert find_waiting(stage.strict) is None
    services.show_practice(stage.organizer, stage.round, at=NOW)
    assert practice.state is PracticeState.SHOWN
    panel = read_panel(load_criteria(practice, stage.round), list_sheets(practice), stage.strict.user_id)
    assert (panel.total.own, panel.total.high) == (25.0, 71.25)
    assert panel.total.away == -46.25
    assert [panel.spreads[c.id].values for c in panel.criteria] == [(2, 4)] * 4 + [(2, 3)]
    assert db.session.scalars(select(Ballot)).all() == []  # practice is never counted
    actions = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert [a for a in actions if a.startswith("practice")] == [
        "practice.create",
        "practice.open",
        "practice.hand_in",
        "practice.hand_in",
        "practice.show",
    ]


def test_a_draft_is_kept_and_a_second_tab_is_refused(stage) -> None:
    practice = stage.opened()
    stage.give(stage.strict, "2", hand_in=False)
    sheet = find_sheet(practice, stage.strict.user_id)
    assert (sheet.total, sheet.submitted_at, list(sheet.values.values())) == (None, None, ["2"])
    with pytest.raises(Stale):
        stage.give(stage.strict, *"55555", version=0)
    with pytest.raises(Refused, match="Belum dinilai"):
        stage.give(stage.strict, "2", version=1)
    with pytest.raises(Refused) as refusal:
        stage.give(stage.strict, "7", "dua", version=1)
    assert len(refusal.value.details["errors"]) == 2
    assert list(find_sheet(practice, stage.strict.user_id).values.values()) == ["2"]
    assert list_sheets(practice) == []


def test_every_step_has_its_time_and_its_people(stage) -> None:
    with pytest.raises(NotFound):
        services.open_practice(stage.organizer, stage.round, at=NOW)
    with pytest.raises(NotAllowed):
        services.write_practice(stage.strict, stage.round, title="A", body="B", at=NOW)
    stage.write()
    stage.write(title="TELADAN DUA")
    with pytest.raises(Refused, match="tidak sedang dibuka"):
        services.show_practice(stage.organizer, stage.round, at=NOW)
    services.open_practice(stage.organizer, stage.round, at=NOW)
    with pytest.raises(Refused, match="sudah dibuka"):
        stage.write(title="TELADAN TIGA")
    with pytest.raises(Refused, match="Belum ada juri"):
        services.show_practice(stage.organizer, stage.round, at=NOW)
    with pytest.raises(NotAllowed):
        stage.give(stage.organizer, *"44444")
    stage.give(stage.mild, *"44444")
    services.show_practice(stage.organizer, stage.round, at=NOW)
    with pytest.raises(Refused, match="sudah diperlihatkan"):
        stage.give(stage.strict, *"44444")
    services.reopen_practice(stage.organizer, stage.round, at=NOW)
    stage.give(stage.strict, *"44444")
    assert find_practice(stage.round).title == "TELADAN DUA"


def test_only_the_jury_of_the_round_practises(stage) -> None:
    set_round_jury(stage.organizer, stage.round, [stage.mild.user_id], at=NOW)
    stage.opened()
    assert db.session.scalars(select(OutboxMail.address)).all() == [stage.mild.user.email]
    assert find_waiting(stage.strict) is None
    with pytest.raises(NotFound):
        stage.give(stage.strict, *"44444")


def test_a_phase_goes_with_its_draft_and_stays_with_what_jurors_gave(stage) -> None:
    phase = db.session.get_one(Phase, stage.round.phase_id)
    stage.write()
    drop_practice(stage.organizer, phase, NOW)
    assert find_practice(stage.round) is None
    stage.opened()
    with pytest.raises(Refused, match="tidak dapat dihapus"):
        drop_practice(stage.organizer, phase, NOW)
