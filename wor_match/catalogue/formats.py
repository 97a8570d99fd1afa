"""The formats of others that come in: each a module among the importers, which the commands name too."""

FORMATS = ("table", "uitdatabank", "openactive", "schema_org", "hsds")  # icalendar fills timetables
