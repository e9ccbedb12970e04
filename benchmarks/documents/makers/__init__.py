"""Two makers with nothing in common but the people they invent: rules were corrected on the first alone."""
