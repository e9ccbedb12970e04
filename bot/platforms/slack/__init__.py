"""Slack: events in, private words out."""
