"""Talk: what the bot says and answers, the same on every platform."""
