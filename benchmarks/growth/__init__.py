"""What grows with the log: figures beside a log that is empty, small and large, each as a ratio to the first row."""
