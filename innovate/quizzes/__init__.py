"""Tests before and after a training, and what was gained."""
