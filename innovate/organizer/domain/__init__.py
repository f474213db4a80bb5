"""What deserves the organizer's attention, without database or HTTP."""
