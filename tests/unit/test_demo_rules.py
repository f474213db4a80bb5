"""What the demo invents: numbers, addresses, papers, marks and seats."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from random import Random

import pytest

from innovate.accounts.domain.nip import Nip, list_warnings, parse
from innovate.demo.domain.cast import CAST, DOMAIN, PASSWORD, list_sign_ins
from innovate.demo.domain.identity import make_address, make_nip
from innovate.demo.domain.marking import draw_values
from innovate.demo.domain.papers import make_pdf
from innovate.demo.domain.scale import Size, find_fault, make_ids, share_seats
from innovate.ideas.domain.uploads import Upload, inspect

SIZE = Size(ideas=10, jurors=5, per_idea=3, seed=1, slug="ukur")


@pytest.mark.parametrize(
    ("kind", "is_pppk"), [("pns", False), ("cpns", False), ("pppk", True), ("pppk_pw", True)]
)
def test_an_invented_nip_is_well_formed_and_says_what_the_person_is(kind, is_pppk) -> None:
    for number in range(300):
        nip = parse(make_nip(f"orang-{number}", kind, "p"))
        assert isinstance(nip, Nip), nip
        assert nip.digits[14] == "2"
        assert list_warnings(nip, is_pppk=is_pppk, today=date(2026, 1, 1)) == []


def test_a_nip_belongs_to_its_key() -> None:
    assert make_nip("ani", "pns", "p") == make_nip("ani", "pns", "p") != make_nip("budi", "pns", "p")


def test_addresses_are_short_plain_and_different() -> None:
    taken: set[str] = set()
    names = ["Uray Siti Nur'aini", "Uray Joko Nur'aini", "Masnah"]
    assert [make_address(name, "kota.example", taken) for name in names] == [
        "uray.aini@kota.example",
        "uray.aini2@kota.example",
        "masnah@kota.example",
    ]


def test_every_sign_in_is_printed_with_the_password() -> None:
    text = "\n".join(list_sign_ins())
    assert PASSWORD in text
    assert DOMAIN.endswith(".example")  # reserved: no mail to it ever leaves
    for sign_in in CAST:
        assert re.search(rf"^ +{re.escape(sign_in.email)} +{re.escape(sign_in.part)}$", text, re.MULTILINE)


def test_a_paper_is_a_pdf_whose_table_points_at_its_objects() -> None:
    content = make_pdf("Surat (dukungan)", ["Kami mendukung \\ penuh. " * 40] * 12)
    assert isinstance(inspect("surat.pdf", content, max_bytes=100_000), Upload)
    start = int(content.rsplit(b"startxref\n", 1)[1].split()[0])
    table = content[start:].splitlines()
    assert table[0] == b"xref"
    count = int(table[1].split()[1])
    offsets = [int(line.split()[0]) for line in table[3 : 2 + count]]
    for number, offset in enumerate(offsets, 1):
        assert content[offset:].startswith(b"%d 0 obj\n" % number)
    assert content.count(b"/Type /Page ") == int(re.search(rb"/Count (\d+)", content)[1]) > 1
    assert rb"(Surat \(dukungan\)) Tj" in content
    for length, stream in re.findall(rb"/Length (\d+) >>\nstream\n(.*?)\nendstream", content, re.DOTALL):
        assert int(length) == len(stream)


@dataclass
class _Scale:
    minimum: Decimal
    maximum: Decimal
    step: Decimal


def test_marks_lie_on_the_scale_and_follow_the_strength() -> None:
    draw = Random(1)
    scales = {
        1: _Scale(Decimal(1), Decimal(5), Decimal(1)),
        2: _Scale(Decimal(0), Decimal(100), Decimal("2.5")),
    }
    means = {}
    for strength in (-1.5, 0.0, 1.5, 9.0):
        values = [draw_values(draw, scales, strength=strength, severity=0.2) for _ in range(400)]
        for key, scale in scales.items():
            assert all(scale.minimum <= given[key] <= scale.maximum for given in values)
            assert all((given[key] - scale.minimum) % scale.step == 0 for given in values)
        means[strength] = sum(given[2] for given in values) / len(values)
    assert list(means.values()) == sorted(means.values())
    assert means[1.5] - means[-1.5] > 25


@pytest.mark.parametrize(("jurors", "per_idea"), [(5, 3), (7, 7), (1, 1), (11, 4)])
def test_seats_are_shared_equally_and_never_twice(jurors, per_idea) -> None:
    seats = list(islice(share_seats(Random(3), jurors, per_idea), 200))
    assert all(len(set(chosen)) == per_idea for chosen in seats)
    load = Counter(juror for chosen in seats for juror in chosen)
    assert max(load.values()) - min(load.values()) <= 1


def test_chunks_cover_every_number_once() -> None:
    size = Size(ideas=1203, jurors=5, per_idea=3, seed=1, slug="ukur")
    assert [number for chunk in size.chunks for number in chunk] == list(range(1, 1204))


def test_chance_depends_on_seed_and_address_only() -> None:
    again = Size(ideas=99, jurors=9, per_idea=2, seed=1, slug="ukur")
    other = Size(ideas=10, jurors=5, per_idea=3, seed=2, slug="ukur")
    first = make_ids(SIZE.draw("ids"), 5)
    assert first == make_ids(again.draw("ids"), 5)
    assert not set(first) & set(make_ids(other.draw("ids"), 5))


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({}, ""),
        ({"per_idea": 6}, "more ballots than"),
        ({"ideas": 0}, "at least 1"),
        ({"scored": 101}, "between 0 and 100"),
    ],
)
def test_impossible_sizes_are_named(values, word) -> None:
    size = Size(**{**SIZE.__dict__, **values})
    assert (word in find_fault(size)) if word else (find_fault(size) == "")
