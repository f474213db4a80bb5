"""One mailbox has one spelling, whatever its owner types."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.voting.domain.addresses import network_of, normalise, stem_of
from innovate.voting.domain.marks import Sender

LOCAL = st.text("abcxyz019._-+", min_size=1, max_size=20)
DOMAINS = st.sampled_from(
    ["gmail.com", "googlemail.com", "yahoo.co.id", "pontianak.go.id", "proton.me", "me.com", "kantor.example"]
)
ADDRESSES = st.builds("{}@{}".format, LOCAL, DOMAINS)


@pytest.mark.parametrize(
    ("typed", "mailbox"),
    [
        ("Budi.Santoso@Gmail.com", "budisantoso@gmail.com"),
        ("budisantoso+lomba@googlemail.com", "budisantoso@gmail.com"),
        (" budi@pontianak.go.id ", "budi@pontianak.go.id"),
        ("budi+lomba@pontianak.go.id", "budi@pontianak.go.id"),
        ("budi.santoso@pontianak.go.id", "budi.santoso@pontianak.go.id"),
        ("sri-lomba@yahoo.co.id", "sri@yahoo.co.id"),
        ("sri-rahayu@pontianak.go.id", "sri-rahayu@pontianak.go.id"),
        ("s.r-i@protonmail.com", "sri@proton.me"),
        ("sri@mac.com", "sri@icloud.com"),
        ("sri@dinas.example.", "sri@dinas.example"),
        ("ＢＵＤＩ@gmail.com", "budi@gmail.com"),
        ("+lomba@gmail.com", "+lomba@gmail.com"),
        ("sri@BÜCHER.example", "sri@xn--bcher-kva.example"),
        ("sri@xn--bcher-kva.example", "sri@xn--bcher-kva.example"),
        (f"sri@{'ü' * 64}.example", f"sri@{'ü' * 64}.example"),
    ],
)
def test_spellings_of_a_mailbox(typed: str, mailbox: str) -> None:
    assert normalise(typed) == mailbox


@given(ADDRESSES)
def test_normalising_twice_changes_nothing_more(address: str) -> None:
    once = normalise(address)
    assert normalise(once) == once
    assert once.partition("@")[0]


@given(ADDRESSES, st.text("abc123", max_size=8))
def test_case_and_notes_never_make_another_person(address: str, note: str) -> None:
    local, _at, domain = address.rpartition("@")
    if not local.startswith("+"):
        noted = f"{local}+{note}@{domain}"
        assert normalise(noted.upper()) == normalise(address)


@given(st.text("abcxyz", min_size=2, max_size=12), st.data())
def test_dots_are_nothing_to_gmail_and_something_elsewhere(name: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(name) - 1))
    dotted = f"{name[:cut]}.{name[cut:]}"
    assert normalise(f"{dotted}@gmail.com") == normalise(f"{name}@gmail.com")
    assert normalise(f"{dotted}@pontianak.go.id") != normalise(f"{name}@pontianak.go.id")


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=8), min_size=2, max_size=6, unique=True), DOMAINS)
def test_different_names_stay_different_people(names: list[str], domain: str) -> None:
    assert len({normalise(f"{name}@{domain}") for name in names}) == len(names)


def test_a_series_shares_its_stem() -> None:
    assert {stem_of(f"warga{n}@contoh.example") for n in range(20)} == {"warga@contoh.example"}
    assert stem_of("081250001234@gmail.com") == "081250001@gmail.com"
    assert stem_of("081250001234@gmail.com") != stem_of("085750001234@gmail.com")


def test_networks_of_homes_and_offices() -> None:
    assert network_of("2001:db8:1:2:3:4:5:6") == network_of("2001:db8:1:2::9") == "2001:db8:1:2::"
    assert network_of("2001:db8:1:3::9") != network_of("2001:db8:1:2::9")
    assert network_of("::ffff:203.0.113.7") == network_of("203.0.113.7") == "203.0.113.7"
    assert network_of("") == ""


def test_marks_hide_the_address_and_mean_nothing_in_another_vote() -> None:
    one, other = (
        Sender("Budi.S@gmail.com", "203.0.113.7", "rahasia"),
        Sender("budis@gmail.com", "10.0.0.1", "rahasia"),
    )
    marks = one.marks("garam")
    assert marks.voter == other.marks("garam").voter
    assert marks.voter not in {
        one.marks("garam lain").voter,
        Sender(one.address, one.network, "lain").marks("garam").voter,
    }
    assert marks.network != other.marks("garam").network
    assert "budi" not in repr(marks)
    assert "rahasia" not in repr(one)
    assert one.place == other.place
