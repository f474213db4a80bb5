"""Rules of surveys: no database, no HTTP."""
