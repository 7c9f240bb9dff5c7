"""A small world: it recognises a member by their avatar, and greets them by their tier."""
