"""Pictures drawn: in the terminal, as a small line of characters, as a file."""
