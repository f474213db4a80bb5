"""Rules of membership, without database or HTTP."""
