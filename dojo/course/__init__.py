"""Which katas exist: packs, cards, rows of a suite, and the texts derived from a solution.

Knows nothing of learners or of judging; imports neither torch nor pytest.
"""
