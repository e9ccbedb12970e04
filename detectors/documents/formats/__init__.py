"""What can be read, one file a format: `read(data, take, place)` hands the parts to an `Intake`."""
