"""How much one import takes; what is larger is several imports."""

from __future__ import annotations

from datetime import timedelta

LARGEST_FILE = 2 * 1024 * 1024
LARGEST_UNPACKED = 24 * 1024 * 1024  # of a workbook
MOST_FILES = 40
MOST_ROWS = 30_000  # of all files together
MOST_COLUMNS = 100
AT_ONCE = 200  # ballots that are saved while somebody waits; more are left to the runner
KEPT = timedelta(days=7)  # a pending import
