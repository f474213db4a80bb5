"""Rules of judging, without database or HTTP."""
