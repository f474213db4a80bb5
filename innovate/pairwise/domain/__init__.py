"""Rules of pairwise judging, without database or HTTP."""
