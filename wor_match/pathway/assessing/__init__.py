"""What becomes of a referral: the rules it is held against, and the assessment that comes of them."""
