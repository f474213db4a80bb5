"""Rules of endorsement."""
