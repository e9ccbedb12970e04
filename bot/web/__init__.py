"""What the bot says to machines over HTTP. The only rooms that serve HTTP are this one and Slack's."""
