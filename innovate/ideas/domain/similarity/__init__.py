"""What two texts share word for word: fingerprints, containment, passages. docs/algorithms/similarity.md."""
