"""Pages of pairwise judging."""
