"""Which shared e-mail domains say something."""

import pytest

from innovate.scoring.domain.hints import is_telling, shared_domain


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("a@untan.ac.id", "b@untan.ac.id", "untan.ac.id"),
        ("a@UNTAN.ac.id", "b@untan.AC.id", "untan.ac.id"),
        ("a@untan.ac.id", "b@student.untan.ac.id", "untan.ac.id"),
        ("a@student.untan.ac.id", "b@untan.ac.id", "untan.ac.id"),
        ("a@student.untan.ac.id", "b@dosen.untan.ac.id", None),
        ("a@untan.ac.id", "b@bukanuntan.ac.id", None),
        ("a@gmail.com", "b@gmail.com", None),
        ("a@yahoo.co.id", "b@yahoo.co.id", None),
        ("a@pontianak.go.id", "b@pontianak.go.id", None),
        ("a@dinkes.pontianak.go.id", "b@pontianak.go.id", None),
        ("a@kapuas-digital.co.id", "b@kapuas-digital.co.id", "kapuas-digital.co.id"),
    ],
)
def test_shared_domains(one, other, expected):
    assert shared_domain(one, other) == expected
    assert shared_domain(other, one) == expected


def test_a_name_without_a_dot_tells_nothing():
    assert not is_telling("localhost")
    assert not is_telling("go.id")
