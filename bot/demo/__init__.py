"""Scenarios: played by `thinktwice demo`, by a person in `thinktwice chat`, and by the tests on every platform."""
