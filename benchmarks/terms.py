"""The medical terms that the tuned peer gets as its deny-list: ours, so that both read the same words."""

from detectors.lexicons import rows

FILES = tuple(f"medical/{name}.tsv" for name in ("terms_en", "terms_zh", "terms_latin", "diseases", "drugs"))


def medical_terms() -> list[str]:
    """Return every medical term of the detector's lexicon files, in file order, each once."""
    return list(dict.fromkeys(term for name in FILES for term, _ in rows(name, "term", "grade")))
