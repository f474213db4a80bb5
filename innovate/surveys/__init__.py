"""Surveys: built, sent to a segment, answered, and shown without giving anybody away."""
