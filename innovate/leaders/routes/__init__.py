"""The page for leaders, its lists and its paper."""
