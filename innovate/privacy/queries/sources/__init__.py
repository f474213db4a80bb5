"""What every feature keeps of a person, as parts of the copy they may take along."""
