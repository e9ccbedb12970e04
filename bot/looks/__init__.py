"""Looks: files that hang on messages, fetched, read in a process of their own, and merged into the incident."""
