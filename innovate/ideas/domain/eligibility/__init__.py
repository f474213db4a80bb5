"""Whether an entry is what its event asks for, computed from what the team wrote."""
