"""What a ranking shows of an idea."""

from __future__ import annotations

from typing import NamedTuple


class BoardEntry(NamedTuple):
    """An eligible idea as its submitted revision says; codes and names are empty where it has none."""

    idea_id: int
    public_id: str
    number: int | None
    title: str
    group_code: str
    track_code: str
    team_name: str
    unit_name: str
    in_gallery: bool
