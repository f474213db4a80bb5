"""Entries belong to units: coordinators endorse them, hand them in, and what came on paper is entered for a unit."""
