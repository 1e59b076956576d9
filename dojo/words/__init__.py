"""Prose for learners that belongs to the engine: what an error means, in plain words.

Knows errors by their type and text. Imports nothing of the judge.
"""
