"""What travels between judge and learner process: frames, plain values, their encoding.

Both sides import it, so it knows neither of them.
"""
