"""Text in, findings out: the detector of personal data in Hong Kong chat."""
