"""A learner's end of a live room: what is told, kept until it is sent, and what comes back.

Knows the workspace and verdicts, and nothing beyond the standard library for sending: taking part
needs nothing but `kata`. It must not know how a room is kept (`room`), and nothing that goes wrong
here may reach a check.
"""
