"""Outbox of mails, delivered after the commit."""
