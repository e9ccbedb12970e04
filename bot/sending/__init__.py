"""Sending: rows of the outbox -> the wire."""
