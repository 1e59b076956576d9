"""A pile of answers: read in whatever form it was handed out, judged once, told in grades.

Knows files, katas and verdicts, and how a judge is asked; it must not know how an answer is judged,
nor anything of a learner's workspace beyond the stubs in it. Never runs a line of what it reads.
"""
