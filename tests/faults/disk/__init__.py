"""A disk that fails, fills up or rots, and a machine that dies: what was acknowledged is still there."""
