"""What changes, told live."""
