"""Rules of the running order, its times and the timer: pure functions."""
