"""Rules of an event, without database or HTTP."""
