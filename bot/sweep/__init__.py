"""Sweeps: exports of chats -> which messages in them hold personal data, without a word of them."""
