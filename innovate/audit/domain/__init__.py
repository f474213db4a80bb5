"""The chain of entries, without database or HTTP."""
