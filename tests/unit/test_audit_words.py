"""Every action the code can record reads as a sentence, in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from innovate.audit.domain.choice import TrailFilter, chosen_args, read_filter
from innovate.audit.exports.actions import ACTIONS
from innovate.audit.exports.kinds import KINDS
from innovate.audit.exports.values import pointers, say
from innovate.core import catalogues

PACKAGE = Path(__file__).parents[2] / "innovate"
CODE = re.compile(r"[a-z_]+\.[a-z_]+")
# Codes that look alike and are something else: pages, jobs, files, words of the demo.
NO_ACTION = {
    "admin.mails",
    "baca.html",
    "clinics.remind",
    "data.json",
    "framework.yaml",
    "ideas.compare",
    "ideas.draw_pages",
    "learning.remind",
    "quizzes.remind",
    "notifications.deliver",
    "organizer.messages",
    "privacy.anonymise",
    "privacy.copy",
    "privacy.own",
    "privacy.retention",
    "surveys.serve",
    "tasks.run",
    "impact.follow",
    "visits.remind",
}
LISTS = (
    "group",
    "track",
    "form_field",
    "checklist_item",
    "eligibility_rule",
    "prize",
    "question",
    "resource",
)


def codes_in(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
            yield node.value


def test_every_action_written_in_a_service_has_words() -> None:
    """What is put together while running is watched by tests/support/trail.py."""
    files = [path for path in PACKAGE.rglob("services*/**/*.py") if "demo" not in path.parts]
    files += [*PACKAGE.glob("*/services.py"), *PACKAGE.glob("*/routes/mail.py")]
    found = {code for path in files for code in codes_in(path)}
    assert len(found) > 100
    assert found - set(ACTIONS) - NO_ACTION == set()


def test_every_change_of_a_list_has_words() -> None:
    assert {f"{name}.{verb}" for name in LISTS for verb in ("add", "update", "remove")} <= set(ACTIONS)
    assert set(LISTS) <= set(KINDS)


@pytest.mark.parametrize("action", ["pitch.resume", "team.remove", "ballot.late", "dismissal.take_back"])
def test_actions_put_together_while_running_have_words(action: str) -> None:
    assert action in ACTIONS


def test_every_sentence_is_english_too() -> None:
    catalogue = catalogues.read("audit")
    wordless = [code for code, words in ACTIONS.items() if not catalogue.get(str(words)).string]
    assert wordless == []
    assert {code.split(".")[0] for code in ACTIONS} >= {"user", "team", "idea", "round", "board"}


def test_the_filter_forgives_what_is_no_date() -> None:
    day = read_filter({"sejak": "2026-11-23", "sampai": "2026-11-23", "orang": " rina "}, "Asia/Pontianak")
    assert day.who == "rina"
    assert day.since == datetime(2026, 11, 22, 17, tzinfo=UTC)
    assert day.until == datetime(2026, 11, 23, 17, tzinfo=UTC)
    assert read_filter({"sejak": "kemarin", "sampai": "9999-12-31"}, "Asia/Pontianak") == TrailFilter()
    assert chosen_args({"orang": "", "jenis": "team", "lain": "x"}) == {"jenis": "team"}


def test_values_point_to_what_they_are_keys_of() -> None:
    assert list(pointers("round.advance", "entries", [1, 2])) == [("idea", "1"), ("idea", "2")]
    assert list(pointers("audit.erase", "entries", [1, 2])) == []
    assert list(pointers("dismissal.propose", "tie", ["mentor", "team:59"])) == [("team", "59")]
    assert list(pointers("ballot.keyed", "values", {"36": "2"})) == [("criterion", "36")]
    assert list(pointers("event.update", "allow_non_asn", True)) == []


def test_values_read_as_people_say_them(app) -> None:
    names = {("idea", "1"): "PECI HAJI", ("team", "59"): "Parit", ("criterion", "36"): "Manfaat"}

    def said(action: str, key: str, value: object) -> str:
        return say(action, key, value, names, "Asia/Pontianak")

    with app.test_request_context():
        assert said("round.advance", "entries", [1, 2]) == "PECI HAJI, nomor 2"
        assert said("idea.screen", "state", "ineligible") == "tidak lolos administrasi"
        assert said("dismissal.propose", "tie", ["mentor", "team:59"]) == "pendampingan, Parit"
        assert said("event.update", "allow_non_asn", False) == "tidak"
        assert said("phase.update", "ends_at", "2026-10-01T16:59:00+00:00") == "1 Okt 2026 23.59 WIB"
        assert said("ballot.keyed", "values", {"36": "2"}) == "Manfaat: 2"
        assert said("user.update_profile", "nip", "198609262015051001") == "•••"
        assert said("round.jury", "jurors", list(range(20))).endswith("dan 8 lainnya")
        assert said("team.edit", "name", "x" * 400) == "x" * 300 + "…"
        assert said("team.edit", "description", "") == "–"
        assert said("board.move", "until", "2026-99-99T00:00:00") == "2026-99-99T00:00:00"
