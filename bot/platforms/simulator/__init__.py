"""A chat platform in memory: the demo, `thinktwice chat` and scenarios that every platform can play."""
