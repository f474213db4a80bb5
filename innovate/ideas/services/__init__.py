"""Writing ideas: drafts, files, submission, screening, extensions."""
