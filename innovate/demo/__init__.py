"""A living demo competition."""
