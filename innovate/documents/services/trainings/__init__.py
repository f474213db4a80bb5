"""Papers of trainings: certificates with their materi and JP, and signed lists of attendance."""
