"""Forms of the wizard, of the organizer's rooms, and about people."""
