"""The one error that a person can cause: its text is the sentence they read."""


class UsageError(Exception):
    """Something was asked for that can't be; the command ends with exit code 2."""
