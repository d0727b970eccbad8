"""`eval`: recordings whose truth is known, through the running product, compared engine by engine."""
