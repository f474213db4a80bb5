"""Long work with progress: enqueued by a feature, done by the runner, watched by whoever asked for it."""
