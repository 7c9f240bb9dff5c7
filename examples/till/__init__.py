"""A till: it recognises a member, offers what fits, and hands out what they claimed."""
