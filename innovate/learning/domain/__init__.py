"""What is stored of learning, and the rules of it."""
