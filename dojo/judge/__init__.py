"""The near side of the wall: runs the suites, and never a line of the subject."""
