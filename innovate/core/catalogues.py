"""Translation catalogues: one per feature, extracted from its code and templates, kept free of merge noise.

The source language is Indonesian (the msgid itself); English is the one translated language.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[1]
ROOT = PACKAGE.parent
TRANSLATIONS = PACKAGE / "translations"
LANGUAGE = "en"
LAYOUT = "layout"
PLURAL_FORMS = {"en": "nplurals=2; plural=(n != 1);", "id": "nplurals=1; plural=0;"}

_KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_TEMPLATE_OPTIONS = {"silent": "false", "trimmed": "true"}
_NOT_FEATURES = {"core", "migrations", "translations"}
_NOISE = re.compile(
    r'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Report-Msgid-Bugs-To|Generated-By|Project-Id-Version)'
)


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a catalogue: which feature, which text, what."""

    feature: str
    msgid: str
    what: str

    def __str__(self) -> str:
        return f"{self.feature}: {self.what}: {self.msgid!r}"


def list_features() -> list[str]:
    """Names of all catalogues: the feature packages, and `layout` for what they share."""
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    return sorted(packages - _NOT_FEATURES | {LAYOUT})


def catalogue_path(feature: str, language: str = LANGUAGE) -> Path:
    """Where the catalogue of a feature is kept."""
    return TRANSLATIONS / feature / language / "LC_MESSAGES" / "messages.po"


def extract(feature: str) -> Catalog:
    """Every text of the feature's code and templates, without translations."""
    catalogue = _empty(LANGUAGE)
    for path in _sources(feature):
        is_template = path.suffix != ".py"
        method = "jinja2.ext:babel_extract" if is_template else "python"
        options = _TEMPLATE_OPTIONS if is_template else {}
        found = extract_from_file(
            method, path, _KEYWORDS, comment_tags=("Translators:",), options=options, strip_comment_tags=True
        )
        for _line, msgid, notes, context in found:
            catalogue.add(msgid, auto_comments=notes, context=context)
    return catalogue


def read(feature: str, language: str = LANGUAGE) -> Catalog:
    """The catalogue as it is kept; an empty one where there is none yet."""
    path = catalogue_path(feature, language)
    if not path.exists():
        return _empty(language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(feature: str) -> bool:
    """Add new texts with an empty translation, drop those no longer used. Whether the file changed."""
    wanted = extract(feature)
    kept = read(feature)
    merged = _empty(LANGUAGE)
    for message in _messages(wanted):
        old = kept.get(message.id, message.context)
        same_shape = old is not None and isinstance(old.id, str) == isinstance(message.id, str)
        merged.add(
            message.id,
            old.string if old and same_shape else None,
            flags=old.flags if old else (),
            auto_comments=message.auto_comments,
            user_comments=old.user_comments if old else (),
            context=message.context,
        )
    return _write_if_changed(catalogue_path(feature), _as_text(merged), wanted=bool(len(merged)))


def compile_all() -> list[Path]:
    """Write the binary catalogue beside each readable one; the paths written."""
    written = []
    for source in sorted(TRANSLATIONS.glob("*/*/LC_MESSAGES/messages.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parents[1].name)
        target = source.with_suffix(".mo")
        content = io.BytesIO()
        write_mo(content, catalogue)
        if not target.exists() or target.read_bytes() != content.getvalue():
            _replace(target, content.getvalue())
            written.append(target)
    return written


def problems(features: Iterable[str] | None = None) -> list[Problem]:
    """Everything that would show an English reader a wrong or untranslated text."""
    chosen = list(features) if features is not None else list_features()
    found = [problem for feature in chosen for problem in _problems_of(feature)]
    return found + ([] if features is not None else contradictions(chosen))


def contradictions(features: Iterable[str]) -> list[Problem]:
    """The same text translated in two ways: at run time one catalogue would win for both."""
    first: dict[tuple[str, str | None], tuple[str, object]] = {}
    found = []
    for feature in features:
        for message in _messages(read(feature)):
            feature_before, string = first.setdefault(
                (_text(message), message.context), (feature, message.string)
            )
            if string != message.string:
                found.append(Problem(feature, _text(message), f"translated otherwise in {feature_before}"))
    return found


def plural_header(feature: str, language: str = LANGUAGE) -> str:
    """The plural rule written in the catalogue's own header."""
    return str(dict(read(feature, language).mime_headers).get("Plural-Forms", ""))


def _problems_of(feature: str) -> Iterator[Problem]:
    wanted, kept = extract(feature), read(feature)
    for message in _messages(wanted):
        translated = kept.get(message.id, message.context)
        if translated is None:
            yield Problem(feature, _text(message), "missing")
        else:
            yield from (Problem(feature, _text(message), what) for what in _faults(translated, kept))
    for message in _messages(kept):
        if wanted.get(message.id, message.context) is None:
            yield Problem(feature, _text(message), "no longer used")
    for message in kept.obsolete.values():
        yield Problem(feature, _text(message), "no longer used")
    if len(kept) and (header := plural_header(feature)) != PLURAL_FORMS[LANGUAGE]:
        yield Problem(feature, header, "wrong plural header")


def _faults(message: Message, catalogue: Catalog) -> Iterator[str]:
    strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
    if not strings or not all(strings):
        yield "not translated"
        return
    if message.fuzzy:
        yield "marked fuzzy"
    if message.pluralizable and len(strings) != catalogue.num_plurals:
        yield f"needs {catalogue.num_plurals} plural forms"
    for error in message.check(catalogue):
        yield str(error)


def _sources(feature: str) -> list[Path]:
    if feature == LAYOUT:
        own = {name for name in list_features() if name != LAYOUT}
        folders = [path for path in (ROOT / "templates").glob("*") if path.is_dir() and path.name not in own]
        folders.append(PACKAGE / "core")
        single = [PACKAGE / "app.py", *(ROOT / "templates").glob("*.*")]
    else:
        folders = [PACKAGE / feature, ROOT / "templates" / feature]
        single = [path for path in (ROOT / "templates/email").glob("*.md") if _owner_of_mail(path) == feature]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    kinds = {".py", ".html", ".txt", ".xml", ".svg", ".ics", ".j2"}
    chosen = [path for path in files if path.suffix in kinds] + [path for path in single if path.exists()]
    return sorted(set(chosen))


def _owner_of_mail(path: Path) -> str:
    """A mail belongs to the feature its name begins with (`team_invitation.md`), others to notifications."""
    features = (name for name in list_features() if path.stem.startswith(name.removesuffix("s") + "_"))
    return next(features, "notifications")


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _text(message: Message) -> str:
    return message.id if isinstance(message.id, str) else str(message.id[0])


def _empty(language: str) -> Catalog:
    return Catalog(locale=language, header_comment="", fuzzy=False)


def _as_text(catalogue: Catalog) -> str:
    """The catalogue as text that changes only where a text changed: sorted, no dates, no line numbers."""
    content = io.BytesIO()
    write_po(content, catalogue, width=110, no_location=True, sort_output=True, ignore_obsolete=True)
    lines = content.getvalue().decode().splitlines()
    return "\n".join(line for line in lines if not _NOISE.match(line)).strip() + "\n"


def _write_if_changed(path: Path, text: str, *, wanted: bool) -> bool:
    before = path.read_text() if path.exists() else ""
    if not wanted:
        path.unlink(missing_ok=True)
        return bool(before)
    if text != before:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, text.encode())
    return text != before


def _replace(path: Path, content: bytes) -> None:
    """Write beside and rename, so that nobody reads half a file."""
    draft = path.with_suffix(f"{path.suffix}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)
