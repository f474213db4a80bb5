"""Rules of clinics."""
