"""What the bot answers to machines over HTTP. The only rooms that serve HTTP are this one and Slack's."""
