"""Standings, ties, freeze, publication."""
