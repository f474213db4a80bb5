"""Rules of ranking, without database or HTTP."""
