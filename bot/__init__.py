"""Think Twice: warns people privately before personal data in a workplace chat hurts somebody."""

__version__ = "0.1.0"
