"""Rules of skills."""
