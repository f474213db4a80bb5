"""Protection of personal data: rights of persons, impact records, incidents, retention, inspection and openness."""
