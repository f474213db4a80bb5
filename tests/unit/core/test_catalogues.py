"""Catalogues: what is extracted, what an update keeps, which faults are found."""

import gettext
from pathlib import Path

import pytest

from innovate.core import catalogues


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small product with two features and a shared layout."""
    package = tmp_path / "innovate"
    for name in ("core", "teams", "ideas"):
        (package / name).mkdir(parents=True)
        (package / name / "__init__.py").write_text('"""A package."""\n')
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    monkeypatch.setattr(catalogues, "PACKAGE", package)
    monkeypatch.setattr(catalogues, "TRANSLATIONS", package / "translations")
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def translate(feature: str, msgid: str, english: str) -> None:
    path = catalogues.catalogue_path(feature)
    before = f'msgid "{msgid}"\nmsgstr ""'
    assert before in path.read_text()
    path.write_text(path.read_text().replace(before, f'msgid "{msgid}"\nmsgstr "{english}"'))


def whats(feature: str) -> list[str]:
    return [problem.what for problem in catalogues.problems([feature])]


def test_texts_come_from_code_and_templates_of_their_feature(tree: Path) -> None:
    write(tree / "innovate/teams/forms.py", 'A = lazy_gettext("Nama tim")\nB = pgettext("tim", "Buka")\n')
    write(
        tree / "templates/teams/show.html",
        '{{ _("Anggota") }}{% trans %}\n  Kode\n  tim\n{% endtrans %}{{ ngettext("%(num)d tim", "%(num)d tim", n) }}',
    )
    write(tree / "templates/components/button.html", '{{ _("Simpan") }}')
    write(tree / "innovate/core/errors.py", 'A = _("Tidak ditemukan")')
    texts = {message.id for message in catalogues.extract("teams") if message.id}
    assert texts == {"Nama tim", "Buka", "Anggota", "Kode tim", ("%(num)d tim", "%(num)d tim")}
    assert {m.id for m in catalogues.extract("layout") if m.id} == {"Simpan", "Tidak ditemukan"}
    assert catalogues.list_features() == ["ideas", "layout", "teams"]


def test_update_keeps_translations_adds_new_texts_and_drops_old_ones(tree: Path) -> None:
    template = tree / "templates/teams/show.html"
    write(template, '{{ _("Anggota") }}{{ _("Ketua") }}')
    assert catalogues.update("teams")
    translate("teams", "Anggota", "Member")
    write(template, '{{ _("Anggota") }}{{ _("Ajak") }}')
    assert catalogues.update("teams")
    text = catalogues.catalogue_path("teams").read_text()
    assert 'msgid "Anggota"\nmsgstr "Member"' in text
    assert text.index('"Ajak"') < text.index('"Anggota"')
    assert "Ketua" not in text
    assert "Date" not in text
    assert "show.html" not in text
    assert not catalogues.update("teams")


def test_update_removes_the_catalogue_of_a_feature_without_texts(tree: Path) -> None:
    write(tree / "templates/teams/show.html", '{{ _("Anggota") }}')
    catalogues.update("teams")
    write(tree / "templates/teams/show.html", "")
    assert catalogues.update("teams")
    assert not catalogues.catalogue_path("teams").exists()


def test_each_fault_is_found_and_a_complete_catalogue_has_none(tree: Path) -> None:
    write(tree / "templates/teams/show.html", '{{ _("Anggota") }}')
    assert whats("teams") == ["missing"]
    catalogues.update("teams")
    assert whats("teams") == ["not translated"]
    translate("teams", "Anggota", "Member")
    assert whats("teams") == []
    path = catalogues.catalogue_path("teams")
    good = path.read_text()
    path.write_text(good.replace('msgid "Anggota"', '#, fuzzy\nmsgid "Anggota"'))
    assert whats("teams") == ["marked fuzzy"]
    path.write_text(good.replace("nplurals=2; plural=(n != 1);", "nplurals=1; plural=0;"))
    assert whats("teams") == ["wrong plural header"]
    path.write_text(good + '\n#~ msgid "Lama"\n#~ msgstr "Old"\n')
    assert whats("teams") == ["no longer used"]
    write(tree / "templates/teams/show.html", "")
    path.write_text(good)
    assert whats("teams") == ["no longer used"]


def test_a_lost_placeholder_and_a_lost_plural_are_found(tree: Path) -> None:
    write(
        tree / "innovate/teams/services.py", '_("Halo %(name)s")\nngettext("%(num)d tim", "%(num)d tim", 3)'
    )
    catalogues.update("teams")
    translate("teams", "Halo %(name)s", "Hello %(nama)s")
    path = catalogues.catalogue_path("teams")
    path.write_text(path.read_text().replace('msgstr[0] ""', 'msgstr[0] "%(num)d team"'))
    found = whats("teams")
    assert len(found) == 2
    assert "not translated" in found
    assert any("placeholder" in what for what in found)


def test_one_text_translated_in_two_ways_is_found(tree: Path) -> None:
    for feature, english in (("teams", "Open"), ("ideas", "Unlock")):
        write(tree / f"templates/{feature}/show.html", '{{ _("Buka") }}')
        catalogues.update(feature)
        translate(feature, "Buka", english)
    found = catalogues.problems()
    assert [(p.feature, p.what) for p in found] == [("teams", "translated otherwise in ideas")]


def test_compiled_catalogues_translate_and_are_written_once(tree: Path) -> None:
    write(tree / "innovate/teams/services.py", '_("Anggota")\nngettext("%(num)d tim", "%(num)d tim", 3)')
    catalogues.update("teams")
    translate("teams", "Anggota", "Member")
    path = catalogues.catalogue_path("teams")
    path.write_text(
        path.read_text()
        .replace('msgstr[0] ""', 'msgstr[0] "%(num)d team"')
        .replace('msgstr[1] ""', 'msgstr[1] "%(num)d teams"')
    )
    assert len(catalogues.compile_all()) == 1
    assert catalogues.compile_all() == []
    english = gettext.translation("messages", tree / "innovate/translations/teams", ["en"])
    assert english.gettext("Anggota") == "Member"
    assert english.ngettext("%(num)d tim", "%(num)d tim", 1) == "%(num)d team"
    assert english.ngettext("%(num)d tim", "%(num)d tim", 2) == "%(num)d teams"


def test_mails_belong_to_the_feature_their_name_begins_with(tree: Path) -> None:
    (tree / "innovate/notifications").mkdir()
    (tree / "innovate/notifications/__init__.py").touch()
    write(
        tree / "templates/email/team_invitation.md", 'Subject: {{ _("Undangan") }}\n\n{{ _("Isi undangan") }}'
    )
    write(tree / "templates/email/hello.md", 'Subject: {{ _("Halo") }}')
    write(tree / "templates/components/README.md", "{{ not a template")
    assert {m.id for m in catalogues.extract("teams") if m.id} == {"Undangan", "Isi undangan"}
    assert {m.id for m in catalogues.extract("notifications") if m.id} == {"Halo"}
    assert not [m.id for m in catalogues.extract("layout") if m.id]
