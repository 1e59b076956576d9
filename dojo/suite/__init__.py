"""What a suite is written with, and how its checks are carried out.

Knows nothing of why an answer is wrong: that is for `dojo.diagnosis`.
"""
