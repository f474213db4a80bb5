"""Writing surveys: building, sending, answering, closing."""
