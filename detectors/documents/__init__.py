"""Files: bytes and a name in, parts with a kind and a place out; read in a process of their own without network."""
