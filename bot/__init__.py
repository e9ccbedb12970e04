"""Think Twice: warns people privately before personal data in a workplace chat hurts somebody."""

__version__ = "0.2.0.dev0"
