"""What people and programs see: each module turns plain data into output.

Knows nothing of judging, and changes nothing of a learner's.
"""
