"""The first administrator of a new instance."""
