"""Tables of scoring, by what they are about."""
