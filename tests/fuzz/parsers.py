"""Every parser by its name: what makes values of text and bytes from outside. `test_doors` sees that none is missing."""

from __future__ import annotations

from tests.fuzz.harness import Read
from tests.fuzz.hosts import HOSTS
from tests.fuzz.offer import OFFER
from tests.fuzz.outcomes import OUTCOMES
from tests.fuzz.pathway import PATHWAY
from tests.fuzz.people import PEOPLE

PARSERS: dict[str, Read] = {**OFFER, **PEOPLE, **OUTCOMES, **PATHWAY, **HOSTS}
