"""`kata`, command by command: from the words on the command line to an exit code.

The only room that may know all the others; it holds no rule that another room could keep.
"""
