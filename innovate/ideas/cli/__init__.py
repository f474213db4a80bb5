"""`flask ideas …`: similar texts."""
