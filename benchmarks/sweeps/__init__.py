"""Sweeps of made archives: rate, memory, peers beside."""
