"""Rules of data protection."""
