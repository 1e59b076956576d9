"""The near side of the wall: starts learner processes, talks to them, ends them.

Knows nothing of suites, and never runs a line of an answer. What comes from the other side is
hostile until it was read by `dojo.wire` and held to the contract.
"""
