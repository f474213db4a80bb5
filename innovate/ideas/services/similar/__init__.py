"""Keeping fingerprints, comparing what was handed in, and noting what somebody found in a pair."""
