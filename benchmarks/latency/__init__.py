"""From an event at a platform to the nudge on the wire, by each of the lines that events come in by."""
