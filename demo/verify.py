"""Placeholder."""


def compare(demo, made):
    return None
