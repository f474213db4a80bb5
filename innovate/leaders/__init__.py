"""One page of pictures for the city's leaders, and what the public sees of impact."""
