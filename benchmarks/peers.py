"""What others would use: default Presidio, Presidio as a careful team would tune it, and a plain set of patterns.

A peer warns when it found anything that the corpus calls personal data; a name alone never warns.
"""

import re
from collections.abc import Iterable, Sequence

import spacy
import tldextract
from presidio_analyzer import (
    AnalyzerEngine,
    EntityRecognizer,
    Pattern,
    PatternRecognizer,
    RecognizerRegistry,
    RecognizerResult,
)
from presidio_analyzer.nlp_engine import SpacyNlpEngine
from presidio_analyzer.predefined_recognizers import (
    CreditCardRecognizer,
    CryptoRecognizer,
    DateRecognizer,
    EmailRecognizer,
    IbanRecognizer,
    IpRecognizer,
    MacAddressRecognizer,
    MedicalLicenseRecognizer,
    NhsRecognizer,
    PhoneRecognizer,
    SpacyRecognizer,
    UrlRecognizer,
    UsBankRecognizer,
    UsItinRecognizer,
    UsLicenseRecognizer,
    UsPassportRecognizer,
    UsSsnRecognizer,
    UuidRecognizer,
)

from benchmarks.rows import Prediction, Span
from benchmarks.terms import medical_terms
from detectors.types import NAMES, of


class BlankEngine(SpacyNlpEngine):
    """spaCy's `en` pipeline without a model: the default one would be downloaded, and knows no Cantonese anyway."""

    def __init__(self) -> None:
        super().__init__(models=[{"lang_code": "en", "model_name": "blank"}])

    def load(self) -> None:
        """Build the blank pipeline."""
        self.nlp = {"en": spacy.blank("en")}  # type: ignore[assignment]  # Presidio declares it None, and so fills it

    def get_supported_entities(self) -> list[str]:
        """Return nothing: a blank pipeline names no entities."""
        return []


class OfflineEmail(EmailRecognizer):
    """Presidio's e-mail recognizer with the public suffixes of the installed package: the benchmark stays offline."""

    _suffixes = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)

    def validate_result(self, pattern_text: str) -> bool:
        """Say whether the address ends in a real public suffix."""
        return self._suffixes(pattern_text).fqdn != ""


class HkidPattern(PatternRecognizer):
    """An HKID the way most tutorials write it: a pattern, and the check digit as validation."""

    def __init__(self) -> None:
        pattern = Pattern("hkid", r"\b[A-Z]{1,2}\d{6}\(?[0-9A]\)?", 0.5)
        super().__init__(supported_entity="HKID", name="HkidPattern", patterns=[pattern], context=["hkid", "身份證"])

    def validate_result(self, pattern_text: str) -> bool:
        """Say whether the check digit is right (weights 9 to 1, modulus 11, a missing first letter counts 36)."""
        plain = re.sub(r"[()]", "", pattern_text.upper())
        values = [int(sign, 36) for sign in plain[:-1].rjust(8) if sign != " "]
        padded = [36] * (8 - len(values)) + values
        check = 10 if plain[-1] == "A" else int(plain[-1])
        return (sum(weight * value for weight, value in zip(range(9, 1, -1), padded, strict=True)) + check) % 11 == 0


class Presidio:
    """An `AnalyzerEngine` behind our face."""

    def __init__(self, name: str, engine: AnalyzerEngine) -> None:
        self.name = name
        self.engine = engine

    def find(self, text: str) -> list[RecognizerResult]:
        """Analyse one text as Presidio's users do."""
        return self.engine.analyze(text, language="en")

    def predict(self, text: str) -> Prediction:
        """Return its labelled types; it warns when there is one besides names."""
        return _prediction(Span(result.entity_type, result.start, result.end) for result in self.find(text))


class Patterns:
    """A scanner of the regex-only kind: one pattern a type, over the raw text."""

    name = "regex only"
    patterns = tuple(
        (entity, re.compile(pattern))
        for entity, pattern in (
            ("EMAIL_ADDRESS", r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}"),
            ("PHONE_NUMBER", r"\b(?:\+?852[- ]?)?[2-9]\d{3}[- ]?\d{4}\b"),
            ("HKID", r"\b[A-Z]{1,2}\d{6}\(?[0-9A]\)?"),
            ("CREDIT_CARD", r"\b(?:\d[ -]?){13,16}\b"),
            ("CN_RESIDENT_ID", r"\b\d{17}[\dXx]\b"),
            ("DATE_OF_BIRTH", r"\b(?:0?[1-9]|[12]\d|3[01])[/-](?:0?[1-9]|1[0-2])[/-](?:19|20)\d\d\b"),
            ("IP_ADDRESS", r"\b(?:\d{1,3}\.){3}\d{1,3}\b"),
        )
    )

    def find(self, text: str) -> list[Span]:
        """Return every match of every pattern."""
        return [
            Span(entity, match.start(), match.end())
            for entity, pattern in self.patterns
            for match in pattern.finditer(text)
        ]

    def predict(self, text: str) -> Prediction:
        """Return its labelled types; it warns when there is one."""
        return _prediction(self.find(text))


def default_presidio() -> Presidio:
    """Presidio out of the box: the eighteen recognizers that its own configuration enables for `en`."""
    recognizers = [
        *(CreditCardRecognizer(), CryptoRecognizer(), DateRecognizer(), OfflineEmail(), IbanRecognizer()),
        *(IpRecognizer(), MacAddressRecognizer(), MedicalLicenseRecognizer(), NhsRecognizer(), PhoneRecognizer()),
        *(SpacyRecognizer(), UrlRecognizer(), UsBankRecognizer(), UsItinRecognizer(), UsLicenseRecognizer()),
        *(UsPassportRecognizer(), UsSsnRecognizer(), UuidRecognizer()),
    ]
    return Presidio("presidio", _engine(recognizers))


def tuned_presidio() -> Presidio:
    """Presidio with five recognizers for Hong Kong: HKID, local phones, a medical deny-list, e-mail, cards."""
    recognizers = [
        HkidPattern(),
        PhoneRecognizer(supported_regions=("HK",)),
        PatternRecognizer(supported_entity="MEDICAL_TERM", deny_list=medical_terms()),
        OfflineEmail(),
        CreditCardRecognizer(),
    ]
    return Presidio("tuned presidio", _engine(recognizers))


def _engine(recognizers: Sequence[EntityRecognizer]) -> AnalyzerEngine:
    """Build an engine on the blank pipeline.

    The classes are named one by one: Presidio looks them up by name among all that are loaded, and ours would do too.
    """
    registry = RecognizerRegistry(recognizers=list(recognizers), supported_languages=["en"])
    return AnalyzerEngine(registry=registry, nlp_engine=BlankEngine(), supported_languages=["en"])


def _prediction(found: Iterable[Span]) -> Prediction:
    """Keep the types that the corpora label: a peer is not blamed for the dates and links that it reports besides."""
    spans = tuple(span for span in found if span.type in NAMES)
    return Prediction(spans, any(not of(span.type).beside for span in spans))
