"""How good a transcript is, measured against what was really said."""
