"""What papers say until an organizer writes something else."""
