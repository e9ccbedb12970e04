"""Judging: a message and its findings -> what is stored of them."""
