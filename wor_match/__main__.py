"""`python -m wor_match` is the command `wor-match`."""

from __future__ import annotations

import sys

from wor_match.cli import main

if __name__ == "__main__":
    sys.exit(main())
