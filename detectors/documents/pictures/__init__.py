"""Words in pictures: found and read by OCR, put in order, and known by their layout."""
