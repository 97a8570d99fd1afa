"""Neighbours that speak HL7 FHIR: plain dicts in and out, as `json` reads and writes them. Nothing is sent or fetched.

A spider web from a QuestionnaireResponse (R4 or R5), an activity as a HealthcareService and back, a suggestion as a
Task (both base R4): no Dutch profile has a place for these. What belongs to the system around us (Patient,
ServiceRequest, CarePlan, Consent, Appointment) is not made here.
"""

from __future__ import annotations

from wor_match.interop.fhir.service import activity_to_fhir as activity_to_fhir
from wor_match.interop.fhir.service_read import activity_from_fhir as activity_from_fhir
from wor_match.interop.fhir.spider import spider_from_fhir as spider_from_fhir
from wor_match.interop.fhir.task import suggestion_to_fhir_task as suggestion_to_fhir_task
