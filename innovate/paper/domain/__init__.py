"""Rules of paper sheets, without database or HTTP."""
