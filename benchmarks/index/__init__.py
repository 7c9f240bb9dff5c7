"""How fast the index reads a chain, and how fast it answers when it holds a million events."""
