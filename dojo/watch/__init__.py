"""`kata watch`: every save judged, on a screen that never waits.

Knows a judge only as something elsewhere that answers by events; imports neither torch nor pytest.
"""
