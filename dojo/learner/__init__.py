"""The far side of the wall: what runs in the learner process, beside untrusted code.

Imports nothing of the judge, of the suites or of the catalog: what isn't here can't be read here.
"""
