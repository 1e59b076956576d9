"""The type checker: run it on an answer, and read what it says. Knows no suite and no kata."""
