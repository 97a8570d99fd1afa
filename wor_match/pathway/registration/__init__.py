"""A coarse registration on its way into events: the sheet, what one row tells, and what its words mean."""
