"""A keeper of agreements: writes down what is due, warns, and is never needed for either."""
