"""How an advice is shown. Everything said here comes from the advice and from `wording`; nothing is computed."""
