"""Where the history of events lives outside the process: as JSON Lines."""
