"""Files and pictures: made documents, read by us and by peers. `python -m benchmarks.documents`."""
