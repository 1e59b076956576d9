"""The engine of kata: reads the cards, judges answers, explains what is wrong."""

DISTRIBUTION = "kata-torch"
"""What the packages of this program are called where they are installed; pyproject.toml says it."""
