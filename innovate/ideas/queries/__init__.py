"""Reading ideas. Each function costs the same number of queries whatever the number of rows."""
