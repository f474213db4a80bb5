"""What the leaders' page is made of: years, classes of units, and the shapes of its sections."""
