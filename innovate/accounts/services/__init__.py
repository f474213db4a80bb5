"""Writes about people: sign-in and sessions, sign-up, profile, units, site roles."""
