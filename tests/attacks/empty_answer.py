# expect: doesn't define `line_grads`
"""Has nothing in it."""
