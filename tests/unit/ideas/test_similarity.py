"""What two texts share: the same hashes by every way, containment, passages, and text everybody uses."""

import itertools
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.proposals import make_proposals
from innovate.events.domain.kinds import FieldKind
from innovate.ideas.domain.similarity.batch import find_pairs, fingerprint_many
from innovate.ideas.domain.similarity.clusters import find_clusters
from innovate.ideas.domain.similarity.hashes import (
    fingerprint,
    fingerprint_all,
    hash_runs,
    is_kept,
    pack,
    unpack,
)
from innovate.ideas.domain.similarity.likeness import Likeness, cap_of, compare
from innovate.ideas.domain.similarity.passages import Span, find_passages
from innovate.ideas.domain.similarity.texts import join_answers
from innovate.ideas.domain.similarity.words import locate_words, split_encoded, split_words

WORDS = st.lists(
    st.sampled_from(
        ["air", "parit", "warga", "pagi", "kota", "sungai", "loket", "antrean", "petugas", "juri"]
    ),
    max_size=60,
)
TEXTS = st.one_of(st.text(max_size=200), WORDS.map(" ".join))


@given(st.text())
def test_every_way_to_words_gives_the_same(text: str) -> None:
    words = split_words(text)
    assert [word.text for word in locate_words(text)] == words
    assert [word.encode("utf-8", "surrogatepass") for word in words] == split_encoded(text)


@given(st.text())
def test_words_stand_where_they_are_said_to_stand(text: str) -> None:
    words = locate_words(text)
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert all(split_words(text[word.start : word.end])[0] for word in words)
    assert [word.start for word in words] == sorted(word.start for word in words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Air PARIT, air-parit!", ["air", "parit", "air", "parit"]),
        ("ﬁlsafat Straße ½", ["filsafat", "strasse", "1", "2"]),
        ("_ke\u0301lurahan_ 1.234", ["kélurahan", "1", "234"]),
        ("\u00a0", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert split_words(text) == words


def test_a_word_typed_in_parts_is_found_where_it_was_typed() -> None:
    text = "– ke\u0301lurahan ﬁlm"
    assert [text[w.start : w.end] for w in locate_words(text)] == ["ke\u0301lurahan", "ﬁlm"]


@given(TEXTS)
def test_numpy_has_the_same_hashes(text: str) -> None:
    (found,) = fingerprint_many([text])
    assert frozenset(found.tolist()) == fingerprint(text)
    assert found.dtype == np.int64
    assert len(hash_runs(split_words(text))) == max(0, len(split_words(text)) - 4)


@given(TEXTS, TEXTS)
def test_likeness_is_symmetric_deterministic_and_within_bounds(one: str, other: str) -> None:
    left, right = fingerprint(one), fingerprint(other)
    found = compare(left, right)
    assert found == compare(right, left) == compare(fingerprint(one), fingerprint(other))
    assert 0 <= found.containment <= 1
    assert found.shared == len(left & right)
    assert compare(left, left).containment == bool(left)


@given(TEXTS)
def test_hashes_are_kept_in_a_quarter_and_survive_packing(text: str) -> None:
    marks = fingerprint(text)
    assert all(is_kept(value) and -(2**63) <= value < 2**63 for value in marks)
    assert unpack(pack(marks)) == marks


def test_the_forms_own_words_do_not_count() -> None:
    prompt = (
        "Uraikan permasalahan yang dihadapi unit kerja Anda sebelum inovasi ini mulai diterapkan secara penuh"
    )
    own = "Warga parit tengah menunggu dua jam di loket setiap Senin pagi sampai petugas datang dari kantor lama"
    marks = fingerprint(f"{prompt} {own}", without=fingerprint_all([prompt]))
    assert marks.isdisjoint(fingerprint(prompt))
    assert fingerprint(own) <= marks


def test_no_run_crosses_from_one_answer_into_the_next() -> None:
    assert fingerprint_all(["satu dua tiga", "empat lima enam"]) == frozenset()


@pytest.mark.parametrize(
    ("shared", "containment", "flagged"), [(8, 0.02, True), (7, 0.5, False), (100, 0.0199, False)]
)
def test_from_when_on_a_pair_is_flagged(shared: int, containment: float, flagged: bool) -> None:
    assert Likeness(shared, containment).is_flagged is flagged


@pytest.mark.parametrize(("ideas", "cap"), [(0, 20), (10_000, 20), (10_500, 21), (50_000, 100)])
def test_the_cap(ideas: int, cap: int) -> None:
    assert cap_of(ideas) == cap


def test_the_example_of_the_documentation() -> None:
    """docs/algorithms/similarity.md."""
    one = "Petugas loket mencatat nomor antrean warga pada papan tulis setiap pagi sebelum kantor kelurahan dibuka."
    other = "Kini petugas loket mencatat nomor antrean warga pada papan tulis, lalu memotretnya."
    runs = [hash_runs(split_words(text)) for text in (one, other)]
    assert [len(each) for each in runs] == [11, 8]
    assert len(set(runs[0]) & set(runs[1])) == 5
    marks = [fingerprint(text) for text in (one, other)]
    assert marks[0] & marks[1] == {-2222302188786228712}
    assert compare(*marks) == Likeness(shared=1, containment=0.5)
    assert not compare(*marks).is_flagged
    (passage,) = find_passages(one, other)
    assert passage.words == 9
    assert passage.a.cut(one) == "Petugas loket mencatat nomor antrean warga pada papan tulis"
    assert passage.b.cut(other) == "petugas loket mencatat nomor antrean warga pada papan tulis"


@given(WORDS, WORDS, WORDS)
def test_passages_agree_and_do_not_overlap(one: list[str], other: list[str], common: list[str]) -> None:
    left, right = " ".join(one + common), ", ".join(common + other)
    found = find_passages(left, right)
    for passage in found:
        words = split_words(passage.a.cut(left))
        assert words == split_words(passage.b.cut(right))
        assert len(words) == passage.words >= 5
    for side in ("a", "b"):
        spans = sorted((getattr(p, side).start, getattr(p, side).end) for p in found)
        assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    assert bool(found) == bool(set(hash_runs(split_words(left))) & set(hash_runs(split_words(right))))
    assert [p.words for p in found] == sorted((p.words for p in found), reverse=True)


def test_all_planted_copies_are_found_and_nothing_else() -> None:
    made = make_proposals(120, copies=20, laws=False)
    found = find_pairs(list(fingerprint_many(made.texts)))
    assert {(pair.a, pair.b) for pair in found.pairs} == made.planted.keys()
    assert [pair.likeness.containment for pair in found.pairs] == sorted(
        (pair.likeness.containment for pair in found.pairs), reverse=True
    )


def test_text_everybody_uses_makes_no_pairs_but_one_cluster() -> None:
    law = make_proposals(1, copies=0, words=60).texts[0]
    texts = [f"{law} {text}" for text in make_proposals(30, copies=0, words=200, laws=False, seed=3).texts]
    found = find_pairs(list(fingerprint_many(texts)))
    assert found.pairs == []
    assert set(found.common.values()) == {30}
    (cluster,) = find_clusters(found.common, lambda _rest: texts[7])
    assert cluster.ideas == 30
    assert split_words(cluster.text)[2:20] == split_words(law)[2:20] or cluster.text in law
    assert cluster.hashes == found.common.keys()


@given(st.lists(TEXTS, max_size=6))
def test_pairs_of_many_are_the_pairs_of_two(texts: list[str]) -> None:
    marks = [fingerprint(text) for text in texts]
    found = find_pairs(list(fingerprint_many(texts)))
    expected = {
        (a, b): compare(marks[a], marks[b])
        for b in range(len(texts))
        for a in range(b)
        if compare(marks[a], marks[b]).is_flagged
    }
    assert {(pair.a, pair.b): pair.likeness for pair in found.pairs} == expected


def test_nothing_is_like_nothing() -> None:
    assert find_pairs([]).pairs == []
    assert find_pairs(list(fingerprint_many(["", "dua kata"]))).pairs == []
    assert find_passages("", "") == []
    assert find_clusters({1: 30}, lambda _rest: None) == []


def test_a_passage_is_shown_within_its_answer() -> None:
    fields = [
        SimpleNamespace(key=key, label=key.title(), kind=kind, section="", help="", options={})
        for key, kind in (("masalah", FieldKind.LONG), ("asal", FieldKind.CHOICE), ("solusi", FieldKind.LONG))
    ]
    far = "jauh " * 60
    answers = {
        "masalah": f"{far}air parit kotor sekali.",
        "asal": "Gagasan tim",
        "solusi": f"Tujuan 6 target. {far}",
    }
    written = join_answers(fields, answers)
    assert written.labels == ("Masalah", "Solusi")
    place = written.text.index("air parit")
    cut = written.cut(Span(place, written.text.index(" target")))
    assert (cut.label, cut.found, cut.after) == ("Masalah", "air parit kotor sekali.", "")
    assert cut.before.startswith("…jauh")
    assert len(cut.before) <= 121
    last = written.cut(Span(written.text.index("Tujuan"), written.text.index(" target")))
    assert (last.label, last.before, last.found) == ("Solusi", "", "Tujuan 6")
    assert last.after.endswith("jauh…")
