"""What the machine gives: environment, temporary folders, files opened with care, free memory.

Knows nothing of katas, of judging or of learners.
"""
