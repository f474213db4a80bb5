"""Rules about people: NIP, phone, passwords, limits on attempts, the tree of units."""
