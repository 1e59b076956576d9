"""What travels between judge and learner process: frames, plain values, and their encoding.

Both sides import it; it knows neither of them.
"""
