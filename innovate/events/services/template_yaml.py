"""YAML of templates: read with limits and without anything that runs, each value with its line; written plainly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml
from flask_babel import lazy_gettext as _l

from innovate.core.errors import Refused
from innovate.events.domain.shapes import Path

LARGEST = 256 * 1024  # bytes
MOST_VALUES = 20_000  # also counts what an alias repeats
DEEPEST = 12
_BOOLEANS = {"true": True, "false": False}
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # what no database and no paper can hold
_TAGS = "tag:yaml.org,2002:"
_PLAIN = {f"{_TAGS}{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map")}


def read_yaml(content: bytes | str) -> tuple[Any, dict[Path, int]]:
    """The values of one document, and the line (from 1) each path stands in. Refused with the place and the reason."""
    text = _decode(content)
    try:
        _measure(text)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = mark.line + 1 if mark else 1
        raise _refusal(_l("Baris %(line)s: susunan YAML-nya tidak benar di sini.", line=line)) from error
    if node is None:
        raise _refusal(_l("Berkas ini kosong."))
    reader = _Reader()
    return reader.value(node, ()), reader.lines


def _decode(content: bytes | str) -> str:
    raw = content.encode("utf-8", "replace") if isinstance(content, str) else content
    if len(raw) > LARGEST:
        raise _refusal(_l("Berkas templat paling besar %(size)s kB.", size=LARGEST // 1024))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refusal(_l("Berkas ini bukan teks YAML dalam UTF-8.")) from error
    if "\x00" in text:
        raise _refusal(_l("Berkas ini bukan teks YAML dalam UTF-8."))
    return text


def _measure(text: str) -> None:
    """Refuse what is too deep or has too many values before a tree is made of it."""
    depth = 0
    event: Any
    for values, event in enumerate(yaml.parse(text, Loader=_LOADER)):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise _refusal(_l("Baris %(line)s: susunannya terlalu dalam.", line=line))
        if values > 2 * MOST_VALUES:
            raise _refusal(_l("Baris %(line)s: isinya terlalu banyak.", line=line))


class _Reader:
    """Values out of nodes. An alias is read again each time, and counts each time."""

    def __init__(self) -> None:
        self.lines: dict[Path, int] = {}
        self._count = 0

    def value(self, node: Any, path: Path) -> Any:
        line = node.start_mark.line + 1
        self.lines[path] = line
        self._count += 1
        if self._count > MOST_VALUES or len(path) > DEEPEST:
            raise _refusal(_l("Baris %(line)s: isinya terlalu banyak.", line=line))
        if node.tag not in _PLAIN:
            raise _refusal(_l("Baris %(line)s: tanda %(tag)s tidak dikenal.", line=line, tag=node.tag[:60]))
        if isinstance(node, yaml.MappingNode):
            return self._map(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(each, (*path, number)) for number, each in enumerate(node.value)]
        if _HIDDEN.search(node.value):
            raise _refusal(_l("Baris %(line)s: teksnya memuat tanda yang tidak terlihat.", line=line))
        return _scalar(node)

    def _map(self, node: Any, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise _refusal(_l("Baris %(line)s: nama isian harus berupa kata.", line=line))
            if key.value in found:
                text = _l("Baris %(line)s: “%(key)s” tertulis dua kali.", line=line, key=key.value[:60])
                raise _refusal(text)
            found[key.value] = self.value(value, (*path, key.value))
            self.lines[*path, key.value] = line
        return found


def _scalar(node: Any) -> Any:
    """Text, a number in plain digits, true, false or nothing; `yes`, `12:30` and dates stay the text they are."""
    value, kind = node.value, node.tag.removeprefix(_TAGS)
    if kind == "null":
        return None
    if kind == "bool":
        return _BOOLEANS.get(value.lower(), value)
    if kind in {"int", "float"}:
        try:
            return (int if kind == "int" else float)(value) if _is_plain(value) else value
        except ValueError:
            return value
    return value


def _is_plain(value: str) -> bool:
    """Whether digits are a number: a code `01`, a telephone `0561…` or `+62…` stay what was written."""
    return "_" not in value and len(value) < 30 and not re.match(r"\+|-?0[0-9]", value)


def write_yaml(document: Mapping[str, Any]) -> str:
    """A document as YAML that people can read and change: long texts in lines, nothing that says nothing."""
    return yaml.dump(
        _without_blanks(document), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110, indent=2
    )


def _without_blanks(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _without_blanks(each) for key, each in value.items() if each not in (None, "", [], {})}
    return [_without_blanks(each) for each in value] if isinstance(value, list | tuple) else value


class _Dumper(yaml.SafeDumper):
    """Never an alias; texts of several lines as blocks."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: Any, value: str) -> Any:
    return dumper.represent_scalar(f"{_TAGS}str", value, style="|" if "\n" in value else None)


_Dumper.add_representer(str, _text)


def _refusal(text: Any) -> Refused:
    return Refused(text, field="file")
