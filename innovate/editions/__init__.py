"""Past editions of the city's competitions: entries brought in from spreadsheets, for similarity and former winners."""
