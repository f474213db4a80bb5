"""Rules of an idea's life, without database or HTTP."""
