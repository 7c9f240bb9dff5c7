"""A packing table: what waits to be sent, where it goes, and that it went."""
