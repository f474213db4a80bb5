"""Uploading, mapping, saving and taking back."""
