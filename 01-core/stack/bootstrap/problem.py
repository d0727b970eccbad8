"""What stops a set-up, told to the person in front of it."""


class SetupProblem(Exception):
    """One sentence that says what is wrong and one that says what to do."""


class DiskFull(SetupProblem):
    """There was no room for a file: a larger set would not fit either."""
