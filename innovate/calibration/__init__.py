"""The practice entry: everybody scores the same text before the round, then sees how far apart they were."""
