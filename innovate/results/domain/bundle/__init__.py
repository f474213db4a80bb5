"""What anyone needs to recompute a result, as one archive. Prose: docs/algorithms/bundle.md."""
