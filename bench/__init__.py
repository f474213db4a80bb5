"""Measurements of the product beside their own references, in one run on one machine."""
