"""The site administrator's rooms: edges only."""
