"""Registration, invitations, membership."""
