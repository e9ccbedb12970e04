"""The benchmark: accuracy, needless nudges, speed, worst messages, start and memory, with the peers beside us."""
