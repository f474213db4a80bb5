"""Landing page, search engines, health: edges only."""
