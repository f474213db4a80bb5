"""Rules of partners: what an organisation is, who belongs to it, how teams are mixed."""
