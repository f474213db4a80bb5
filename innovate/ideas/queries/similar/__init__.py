"""Reading fingerprints, and the pairs of ideas that share passages."""
