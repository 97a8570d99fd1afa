"""How a region is doing by the six essential elements: who counts, in which slice, and what may be told of them."""
