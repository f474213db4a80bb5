"""The Flask half of the plumbing: request life cycle, authorisation, forms, templates."""
