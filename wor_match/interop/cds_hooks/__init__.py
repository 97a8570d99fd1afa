"""An advice as cards in a clinical system, and what was said to them as events (CDS Hooks 2.0). Nothing is sent."""

from __future__ import annotations

from wor_match.interop.cds_hooks.cards import advice_to_cds_cards as advice_to_cds_cards
from wor_match.interop.cds_hooks.feedback import events_from_cds_feedback as events_from_cds_feedback
