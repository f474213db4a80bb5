"""The front rooms: landing page, a person's home, search engines, health, language and theme."""
