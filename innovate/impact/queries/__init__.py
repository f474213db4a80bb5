"""Reading impact."""
