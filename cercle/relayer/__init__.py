"""
A process that carries what members sign and pays for it: they need no ether.

It accepts the suite's typed messages and nothing else, and can forge none of them: it may be late
or refuse, and then a member sends the act alone. `client` is how one asks; `python -m
cercle.relayer` runs one.
"""
