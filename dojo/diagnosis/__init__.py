"""Why an answer is wrong: known mistakes by replay first, relations between numbers second.

Knows what was seen in the checks. Never decides whether an answer is right, nor how that is shown.
"""
