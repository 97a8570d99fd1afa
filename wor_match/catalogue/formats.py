"""The formats of others that come in: each a module among the importers, which the commands name too."""

FORMATS = ("table", "uitdatabank", "openactive", "schema_org", "hsds")  # icalendar fills timetables


def in_a_source(form: str) -> str:
    """A format as the source of an activity, and the begin of its id, write it.

    Examples
    --------
    >>> in_a_source("schema_org")
    'schema-org'
    """
    return form.replace("_", "-")
