"""`flask results …`: rankings and their proofs."""
