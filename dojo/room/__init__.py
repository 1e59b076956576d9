"""The live room of a workshop: its server, its store, and the board that an instructor looks at.

Knows the course (titles, mistakes and their sentences) and what learners report; it must not know
how an answer is judged, nor a learner's workspace. What comes from a learner's machine is a
report, shown as one, and its text is text everywhere.
"""
