"""One section of the page each: what the database counts, as a shape."""
