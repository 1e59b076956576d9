"""What a signature promises: read it, hold a value to it, look for what is forbidden.

Knows nothing of suites or processes.
"""
