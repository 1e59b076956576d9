"""The type checker: run it on an answer, and read what it says.

Knows nothing of suites, processes or katas.
"""
