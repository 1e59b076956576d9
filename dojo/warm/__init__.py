"""A judge that stays warm in another process: one for each core, one behind `kata watch`, one in
the background.

Knows requests and verdicts, not what a command shows.
"""
