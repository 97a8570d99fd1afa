"""Who organises it: an organisation, with what of its telephone, mail and page can be used."""

from __future__ import annotations

import re

from wor_match.catalogue.importers.gathering import Notes
from wor_match.catalogue.importers.item import Found
from wor_match.domain.catalogue import Organiser
from wor_match.domain.text import EMAIL, PHONE, WEBSITE


def organisation(own_id: str, name: str, told: Found, notes: Notes) -> Organiser:
    """An organisation, with what of its telephone, mail and page can be used."""
    kept: Found = {}
    told = {
        "phone": told.get("telephone"),
        "email": told.get("email"),
        "website": told.get("url") or told.get("website"),
    }
    for field, form in (("phone", PHONE), ("email", EMAIL), ("website", WEBSITE)):
        text = str(told[field]).strip().strip('"') if told[field] else None
        if text and re.fullmatch(form, text):
            kept[field] = text
        elif text:
            notes.add(f"organizer.{field}", "cannot be used to reach anybody; left out")
    return Organiser.model_validate({"id": own_id, "name": name, **kept})
