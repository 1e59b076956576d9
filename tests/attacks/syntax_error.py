# expect: 
"""Can't be read."""
def line_grads(:
