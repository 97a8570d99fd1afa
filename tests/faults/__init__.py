"""What goes wrong around the library, made to go wrong on purpose.

A harness here is a machine that tries to break one promise. Each has a small form that always runs, a full one with
`-m nightly`, and a variant that was broken on purpose: a harness that stays green on that one is itself broken.
"""
