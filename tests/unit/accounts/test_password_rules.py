"""Which passwords are refused, and why."""

import pytest

from innovate.accounts.domain.passwords import PasswordFault, find_fault


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("pendek", PasswordFault.SHORT),
        ("sebelas-kar", PasswordFault.SHORT),
        ("x9" * 70, PasswordFault.LONG),
        ("aaaaaaaaaaaaaaaa", PasswordFault.REPEATED),
        ("abababababab1", PasswordFault.REPEATED),
        ("password123456", PasswordFault.OBVIOUS),
        ("Password2026!!", PasswordFault.OBVIOUS),
        ("pontianak2026", PasswordFault.OBVIOUS),
        ("Pontianak-Khatulistiwa", PasswordFault.OBVIOUS),
        ("123456789012", PasswordFault.OBVIOUS),
        ("qwertyuiop123", PasswordFault.OBVIOUS),
        ("abcdefghijkl", PasswordFault.OBVIOUS),
        ("rina.maharani", PasswordFault.PERSONAL),
        ("Maharani-2026-rina", PasswordFault.PERSONAL),
    ],
)
def test_refused(password: str, fault: PasswordFault) -> None:
    assert find_fault(password, email="rina.maharani@dinkes.pontianak.go.id", name="Rina Maharani") is fault


@pytest.mark.parametrize(
    "password",
    [
        "perahu kecil di parit",
        "tigaekorikanbelida",
        "Rina suka hujan sore",
        "X7v!mQ2#pL9z",
        "parit-tokaya-banjir-lagi",
        "薔薇薔薇の花が咲いた朝露です",
        "bukan pontianak tapi singkawang",
    ],
)
def test_allowed_without_capitals_digits_or_symbols(password: str) -> None:
    assert find_fault(password, email="rina.maharani@dinkes.pontianak.go.id", name="Rina Maharani") is None


def test_short_words_of_a_name_do_not_count() -> None:
    assert find_fault("elok dan ibu anu pergi", email="ibu@x.id", name="Elok Anu") is None
