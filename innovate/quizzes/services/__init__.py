"""Making, taking and keeping tests."""
