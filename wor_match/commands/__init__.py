"""The commands of `wor-match`, sorted by what somebody wants; each adds its parser and says what runs.

Everything heavy is imported inside a command, so that `wor-match --help` answers at once.
"""
