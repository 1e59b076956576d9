"""The learner's things and the verbs on them: workspace, progress, log, history, where to go on.

Knows nothing of judging and shows nothing; imports neither torch nor pytest.
"""
