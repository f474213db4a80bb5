"""Rules of impact: pure."""
