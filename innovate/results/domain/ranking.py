"""What counts as equal. Prose with a worked table: docs/algorithms/ranking.md."""

from __future__ import annotations

TIE_PLACES = 6  # equal after rounding to this many decimals is a tie
