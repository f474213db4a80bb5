"""What people do with papers."""
