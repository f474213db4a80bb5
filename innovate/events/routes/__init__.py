"""Pages about competitions: public, the wizard, and the organizer's rooms."""
