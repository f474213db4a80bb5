"""People, work units, sign-in, site roles."""
