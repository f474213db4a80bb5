"""Reading past editions."""
