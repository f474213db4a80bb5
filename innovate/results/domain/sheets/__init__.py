"""Ballots, rubrics and votes as tables: what they say, or every cell that is wrong. All or nothing."""
