"""What a signature promises: read it, hold a value to it, and look for what is forbidden.

Knows nothing of suites or processes.
"""
