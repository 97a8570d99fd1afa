"""People counted by area, wish and need, what may be told of a cell, and the page: behind `gaps`."""
