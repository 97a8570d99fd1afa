"""Doors to what stands around the library: frames and tables, JSON Schemas, calendars, FHIR, CDS Hooks."""
