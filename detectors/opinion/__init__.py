"""The learned second opinion, which stands behind the rules: a gate, an encoder, and how both are weighed."""
