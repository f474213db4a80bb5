"""Training and talks: the agenda, who enrols, who attended, and the hours that count."""
