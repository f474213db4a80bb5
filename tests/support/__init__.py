"""What tests stand on: real servers, a real browser, a real mail server, and counters."""
