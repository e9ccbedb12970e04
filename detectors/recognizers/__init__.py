"""One file an entity type; `all_recognizers` is the registration."""
