"""The pages of past editions."""
