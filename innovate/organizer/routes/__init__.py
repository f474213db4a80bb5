"""The organizer's overview, trail and reminders."""
