"""A list as a workbook."""

from __future__ import annotations

from innovate.core.workbooks import Sheet, write_workbook
from innovate.leaders.queries.lists.wanted import Listing


def write_list(listing: Listing) -> bytes:
    """One sheet with every row."""
    return write_workbook(listing.title, [Sheet(listing.title, listing.heads, listing.page.items)])
