"""Backup and restore: the whole database and every file in one archive, for either database and any file store."""
