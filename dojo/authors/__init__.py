"""What authors use: whether a kata's files are sound, and tools that change or try them."""
