"""Differences, merging, revisions, uploads: the rules around a text and its files."""

import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.ideas.domain.differences import Change, Piece, compare_words, has_changed
from innovate.ideas.domain.merging import merge
from innovate.ideas.domain.revisions import COALESCE, continues, fingerprint, format_number
from innovate.ideas.domain.uploads import MEDIA_TYPES, Upload, UploadFault, detect, inspect, safe_name

AT = datetime(2026, 11, 23, tzinfo=UTC)
words = st.lists(
    st.sampled_from(["air", "parit", "warga", "\n", "\n\n", " ", "pagi,", "—"]), max_size=60
).map(" ".join)


@given(words | st.text(), words | st.text())
def test_pieces_make_up_both_texts(before, after):
    pieces = compare_words(before, after)
    assert "".join(p.text for p in pieces if p.change is not Change.ADDED) == before
    assert "".join(p.text for p in pieces if p.change is not Change.REMOVED) == after
    assert has_changed(pieces) is (before != after)


def test_only_the_changed_words_are_marked():
    assert compare_words("Air diukur pagi hari.", "Air diukur sore hari.") == [
        Piece(Change.SAME, "Air diukur "),
        Piece(Change.REMOVED, "pagi"),
        Piece(Change.ADDED, "sore"),
        Piece(Change.SAME, " hari."),
    ]


def test_huge_texts_are_compared_in_bounded_time():
    before, after = (" ".join(f"{letter}{n}" for n in range(5000)) for letter in "ab")
    assert [p.change for p in compare_words(before, after)] == [Change.REMOVED, Change.ADDED]


parts = st.dictionaries(st.sampled_from("abc"), st.text("xy", max_size=2))


@given(parts, parts, st.dictionaries(st.sampled_from("abc"), st.integers(1, 9)), st.integers(0, 9))
def test_a_save_without_known_touches_never_overwrites_a_newer_part(stored, sent, changed_in, base):
    found = merge(stored, sent, changed_in=changed_in, base=base)
    for name in sent:
        newer = changed_in.get(name, 0) > base
        same = (stored.get(name) or "") == (sent[name] or "")
        assert (name in found.conflicts) is (newer and not same)
        assert (name in found.changed) is (not newer and not same)
        if newer:
            assert found.values.get(name) == stored.get(name)


def test_what_the_sender_left_alone_keeps_the_colleagues_text():
    stored = {"ide": "dari Dedi", "judul": "A"}
    found = merge(stored, {"ide": "lama", "judul": "B"}, changed_in={"ide": 5}, base=4, touched={"judul"})
    assert found.values == {"ide": "dari Dedi", "judul": "B"}
    assert (found.changed, found.kept, found.conflicts) == (("judul",), ("ide",), ())


def test_both_changed_the_same_part():
    found = merge({"ide": "Dedi"}, {"ide": "Rina"}, changed_in={"ide": 5}, base=4, touched={"ide"})
    assert found.conflicts == ("ide",)
    assert found.values == {"ide": "Dedi"}


@pytest.mark.parametrize(
    ("is_autosave", "saved_by", "after", "grows"),
    [
        (True, 1, timedelta(0), True),
        (True, 1, COALESCE - timedelta(seconds=1), True),
        (True, 1, COALESCE, False),
        (True, 2, timedelta(minutes=1), False),
        (False, 1, timedelta(minutes=1), False),
        (True, 1, timedelta(seconds=-1), False),
    ],
)
def test_autosaves_join_per_author_for_ten_minutes(is_autosave, saved_by, after, grows):
    assert (
        continues(is_autosave=is_autosave, author_id=1, began_at=AT, saved_by=saved_by, at=AT + after)
        is grows
    )


def test_numbers_are_printed_with_three_digits_or_more():
    assert [format_number(n) for n in (None, 1, 17, 1234)] == ["", "001", "017", "1234"]
    assert format_number(17, "A") == "A-017"
    assert format_number(None, "A") == ""


def test_the_fingerprint_changes_with_the_content_only():
    assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})
    assert fingerprint({"a": 1}) != fingerprint({"a": 2})


def office(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in ("[Content_Types].xml", *names):
            archive.writestr(name, "x")
    return buffer.getvalue()


SAMPLES = {
    "pdf": b"%PDF-1.7\n...",
    "jpg": b"\xff\xd8\xff\xe0....",
    "png": b"\x89PNG\r\n\x1a\n....",
    "webp": b"RIFF....WEBPVP8 ",
    "mp4": b"\x00\x00\x00\x18ftypmp42....",
    "webm": b"\x1a\x45\xdf\xa3\x87\x42\x82\x84webm....",
    "docx": office("word/document.xml"),
    "xlsx": office("xl/workbook.xml"),
    "pptx": office("ppt/presentation.xml"),
}


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_accepted_kind_is_known_by_its_bytes(kind):
    assert detect(SAMPLES[kind]) == kind
    found = inspect(f"bukti.{kind.upper()}", SAMPLES[kind], max_bytes=10_000)
    assert found == Upload(f"bukti.{kind}", kind, MEDIA_TYPES[kind])


@pytest.mark.parametrize("kind", SAMPLES)
@pytest.mark.parametrize("name", ["pdf", "png", "docx", "mp4"])
def test_mislabelled_files_are_refused(kind, name):
    if kind != name:
        assert inspect(f"a.{name}", SAMPLES[kind], max_bytes=10_000) is UploadFault.MISLABELLED


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("a.pdf", b"", UploadFault.EMPTY),
        ("a.pdf", b"%PDF-" + b"x" * 100, UploadFault.TOO_LARGE),
        ("a.exe", b"MZ", UploadFault.KIND),
        ("a.svg", b"<svg/>", UploadFault.KIND),
        ("pdf", b"%PDF-1", UploadFault.KIND),
        (".pdf", b"%PDF-1", UploadFault.KIND),
        ("a.pdf", b"<html>%PDF-", UploadFault.MISLABELLED),
        ("a.docx", b"PK\x03\x04broken", UploadFault.MISLABELLED),
    ],
)
def test_refused_files(name, content, fault):
    assert inspect(name, content, max_bytes=100) is fault


def test_office_files_with_programs_are_refused():
    content = office("word/document.xml", "word/vbaProject.bin")
    assert inspect("a.docx", content, max_bytes=10_000) is UploadFault.MACROS


def test_a_field_may_narrow_what_it_takes():
    assert inspect("a.png", SAMPLES["png"], max_bytes=99, accepted={"pdf"}) is UploadFault.KIND
    assert isinstance(inspect("a.jpeg", SAMPLES["jpg"], max_bytes=99, accepted={"jpeg"}), Upload)


@given(st.text(st.characters()), st.binary(max_size=300))
def test_inspecting_anything_never_crashes(name, content):
    assert isinstance(inspect(name, content, max_bytes=200), Upload | UploadFault)


@given(st.text(st.characters()))
def test_safe_names_are_short_printable_and_without_paths(name):
    safe = safe_name(name, "pdf")
    assert safe.endswith(".pdf")
    assert len(safe) <= 124
    assert safe.isprintable()
    assert not set('/\\<>:"|?*%;') & set(safe)


def test_a_name_stays_as_close_as_possible():
    assert safe_name("C:\\Surat\\Surat dukungan – Dinas PU.PDF", "pdf") == "Surat dukungan – Dinas PU.pdf"
    assert safe_name("../../etc/passwd.pdf", "pdf") == "passwd.pdf"
    assert safe_name("....pdf", "pdf") == "berkas.pdf"
