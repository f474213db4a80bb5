"""Reading public votes."""
