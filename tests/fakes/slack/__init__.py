"""A Slack on loopback for the tests."""
