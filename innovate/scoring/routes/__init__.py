"""Pages of scoring: the juror's rooms, and those of whoever leads the jury."""
