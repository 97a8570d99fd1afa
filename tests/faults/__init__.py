"""What may go wrong around us, made to happen: a harness for each fault, small by default and full with `-m nightly`.

Each has a deliberately broken variant beside it, on which it must fail: a harness that stays green there is broken itself.
"""
