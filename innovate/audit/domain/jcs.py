"""Canonical JSON as in RFC 8785, for what is hashed and published: no floating point, so that every language agrees."""

from __future__ import annotations

import json
from typing import Any

_LARGEST = 2**53 - 1  # beyond it a JSON number is not the same everywhere
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def dumps(value: Any) -> bytes:
    """The one way to write a value of dicts, lists, texts, whole numbers, booleans and None.

    TypeError for anything else (floats too: decimals are texts), ValueError for a number beyond 2^53 - 1.
    """
    return _write(_ordered(value)).encode()


def _ordered(value: Any) -> Any:
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int):
        if abs(value) > _LARGEST:
            raise ValueError(value)
        return value
    if isinstance(value, dict):
        plain = all(map(str.isascii, value))  # TypeError for a key that is no text
        return {key: _ordered(value[key]) for key in sorted(value, key=None if plain else _utf16)}
    if isinstance(value, list | tuple):
        return [_ordered(each) for each in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _utf16(key: str) -> bytes:
    """Keys are ordered by UTF-16 code units, as JavaScript does."""
    return key.encode("utf-16-be")
