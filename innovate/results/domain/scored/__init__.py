"""A board's scores, places and their reasons, out of ballots and the organizer's rules. Imports numpy at its head."""
