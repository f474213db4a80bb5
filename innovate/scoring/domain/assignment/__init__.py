"""The draw: which juror scores which entry. Pure functions; the same inputs and seed give the same pairs."""
