"""What authors use: the proof of a kata, and the tools that make, try, measure or move one.

Knows nothing of learners: no progress and no workspace but the one it is tried in.
"""
