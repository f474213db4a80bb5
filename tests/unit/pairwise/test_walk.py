"""The order in which a hall is walked through."""

from types import SimpleNamespace

from innovate.pairwise.queries.desk import by_stand


def test_stands_go_by_their_number_whatever_signs_stand_beside_it():
    stalls = [
        SimpleNamespace(stand=stand, number=n) for n, stand in enumerate(["Aula", "10", "②", "A2²", "1"])
    ]
    assert [stall.stand for stall in sorted(stalls, key=by_stand)] == ["1", "A2²", "10", "Aula", "②"]
