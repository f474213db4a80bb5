"""Files for the office: a sample sheet of questions, and the results."""
