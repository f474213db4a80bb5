"""What people do to and in public votes."""
