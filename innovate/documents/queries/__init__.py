"""Reading papers."""
