"""What the meetings amount to."""
