"""The learner's things: workspace, progress, log, and the verbs on them.

Knows nothing of judging and imports neither torch nor pytest.
"""
