"""Slack: events in, private words out."""

NAME = "slack"
"""How the platform is called in the configuration, the log and the reports."""
