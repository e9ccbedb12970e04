"""Findings and facts in, a decision out: policies are files that people edit."""
