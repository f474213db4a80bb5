"""Site administration: state, people, units, mail, trail."""
