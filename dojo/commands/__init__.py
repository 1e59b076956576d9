"""`kata`, command by command: from words on the command line to an exit code."""
