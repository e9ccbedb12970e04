"""One way of writing for all, and the way back to the original's places."""
