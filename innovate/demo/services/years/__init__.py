"""Two whole past years of the city in the demo."""
