"""Rules of deliberation and progress, without database or HTTP."""
