"""Rules of importing past entries: pure."""
