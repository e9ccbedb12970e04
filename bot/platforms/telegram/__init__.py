"""Telegram: polling, parsing, delivering."""

NAME = "telegram"
"""How the platform is called in the configuration, the log and the reports."""
