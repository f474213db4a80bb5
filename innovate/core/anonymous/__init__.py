"""Files without the traces of who made them: what readers of a blind round are given."""
