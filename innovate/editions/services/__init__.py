"""Uploading, mapping, saving, taking back; editing single entries."""
