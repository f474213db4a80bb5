"""Rules of delivery."""
