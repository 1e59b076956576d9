"""Why an answer is wrong: known mistakes by replay first, relations between numbers second.

Knows what was seen in the checks, never what a screen shows.
"""
