"""Pages of endorsement."""
