"""Field verification: committee and jury see an innovation where it is used."""
