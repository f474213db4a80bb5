"""Rules of calibration, without database or HTTP."""
