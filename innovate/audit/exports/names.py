"""Names of the things the trail speaks of. The trail keeps keys; the features above know what they stand for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

Names = dict[tuple[str, str], str]
Find = Callable[[Collection[str]], Mapping[str, str]]

_finders: dict[str, Find] = {}


def add_names(finders: Mapping[str, Find]) -> None:
    """Finders by kind: each takes keys as texts and returns the names it knows in one query. Asked when the application
    is built.
    """
    _finders.update(finders)


def find_names(wanted: Collection[tuple[str, str]]) -> Names:
    """Names by kind and key. One query for each kind that is among them."""
    kinds = sorted({kind for kind, _key in wanted} & set(_finders))
    return {
        (kind, key): name
        for kind in kinds
        for key, name in _finders[kind]({key for each, key in wanted if each == kind}).items()
    }
