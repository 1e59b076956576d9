"""Which katas exist, and what their cards say."""
