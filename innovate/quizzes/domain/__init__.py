"""Rules of tests: what a question is, how it is drawn and scored, and what was gained. Pure."""
