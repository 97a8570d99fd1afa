"""Our offer in the formats of others; what a format has no word for is lost, and each member says what that is."""
