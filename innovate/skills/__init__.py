"""Digital skills: the framework, what people say of themselves, and who endorses it."""
