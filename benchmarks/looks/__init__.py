"""From a file at a platform to the nudge on the wire, and what texts wait meanwhile."""
