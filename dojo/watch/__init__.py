"""`kata watch`: judge at every save."""
