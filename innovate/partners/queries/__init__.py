"""Reading partners."""
