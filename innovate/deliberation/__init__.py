"""The jury in session: scores side by side, amended with a reason, signed; and how far everyone is."""
