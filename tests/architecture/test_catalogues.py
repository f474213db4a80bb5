"""An English reader never meets an untranslated text, in any feature."""

import pytest

from innovate.core import catalogues

BEGUN = [feature for feature in catalogues.list_features() if catalogues.catalogue_path(feature).exists()]


@pytest.mark.parametrize("feature", BEGUN)
def test_the_catalogue_is_complete(feature: str) -> None:
    found = [str(problem) for problem in catalogues.problems([feature])]
    assert found == [], f"run: flask i18n update {feature}, then translate what is empty"


def test_no_text_is_translated_in_two_ways() -> None:
    assert [str(problem) for problem in catalogues.contradictions(catalogues.list_features())] == []


@pytest.mark.parametrize("language", ["en", "id"])
def test_plural_headers_are_those_of_the_language(language: str) -> None:
    paths = sorted(catalogues.TRANSLATIONS.glob(f"*/{language}/LC_MESSAGES/messages.po"))
    headers = {
        path.parents[2].name: catalogues.plural_header(path.parents[2].name, language) for path in paths
    }
    assert {
        name: header for name, header in headers.items() if header != catalogues.PLURAL_FORMS[language]
    } == {}


def test_only_the_known_languages_have_catalogues() -> None:
    found = {path.parents[1].name for path in catalogues.TRANSLATIONS.glob("*/*/LC_MESSAGES/*.po")}
    assert found <= set(catalogues.PLURAL_FORMS)
