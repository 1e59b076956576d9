"""The near side of the wall: starts learner processes, talks to them, ends them.

Knows nothing of suites, and never runs a line of an answer.
"""
