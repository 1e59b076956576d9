"""The learner's things: workspace, progress, log. Knows nothing of judging and imports neither torch
nor pytest.
"""
