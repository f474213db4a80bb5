"""Pages of tests: taking them, making them, their bank of questions, and their results."""
