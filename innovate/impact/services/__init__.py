"""Writing impact."""
