"""The public vote for Juara Favorit: one verified address, one vote, hidden totals."""
