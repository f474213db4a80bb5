"""The fair score: what ideas would have got from equally strict jurors, and how sure that is. Pure numpy and scipy.

Modules here import numpy at their head, so whoever is loaded with the application imports them where they are used.
Prose with a worked table: docs/algorithms/fair-score.md.
"""
