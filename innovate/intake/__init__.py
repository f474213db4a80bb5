"""Ballots that were given outside, read from spreadsheets into a round: uploaded, mapped, previewed, saved whole."""
