"""Who did what: sign-ins, exports, deletions, keys, roles."""
