"""One answer judged: its suite carried out, its failures explained, a verdict made.

Knows nothing of who asked, of the learner's folder, or of how a verdict is shown.
"""
