"""Telegram: polling, parsing, delivering."""
