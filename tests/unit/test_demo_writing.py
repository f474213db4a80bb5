"""Proposals of events for measuring: about what their title names, all different, the same for the same seed."""

from random import Random

from innovate.demo.domain import scale
from innovate.demo.domain.writing import SECTIONS, write_proposal
from innovate.demo.services.material import read_other_events, read_vocabulary

WORDS = read_vocabulary()


def test_every_title_has_words_and_no_two_proposals_are_alike() -> None:
    assert set(WORDS.ways) == set(scale._DOING)
    assert set(WORDS.things) == set(scale._THING)
    draw = Random("texts")
    written = [
        write_proposal(draw, f"{way} {thing} Kota 1", WORDS) for way in WORDS.ways for thing in WORDS.things
    ]
    texts = {section: {proposal[section] for proposal in written} for section in SECTIONS}
    assert {section: len(texts[section]) for section in SECTIONS} == dict.fromkeys(SECTIONS, len(written))
    assert all(230 < sum(len(text.split()) for text in proposal.values()) < 400 for proposal in written)
    assert not any("{" in text for proposal in written for text in proposal.values())


def test_the_same_seed_writes_the_same() -> None:
    title = "Antar Obat Kota 17"
    assert write_proposal(Random(5), title, WORDS) == write_proposal(Random(5), title, WORDS)
    assert write_proposal(Random(5), title, WORDS) != write_proposal(Random(6), title, WORDS)
    assert "pasien lanjut usia" in str(write_proposal(Random(5), title, WORDS)).lower()


def test_what_was_handed_in_in_the_demo_is_a_whole_proposal() -> None:
    handed = [
        idea for event in read_other_events() for idea in event["ideas"] if idea["state"] == "submitted"
    ]
    lengths = {
        idea["title"]: sum(len(str(text).split()) for text in idea["answers"].values()) for idea in handed
    }
    assert min(lengths.values()) > 300, lengths
    paragraphs = [
        part for idea in handed for text in idea["answers"].values() for part in str(text).split("\n\n")
    ]
    long = [part for part in paragraphs if len(part.split()) > 20]
    assert len(long) == len(set(long))
