"""The one registry of entity types: what everything but a recognizer knows of each. Light: no Presidio here.

A new type is one row here, and its recognizer's class in `detectors/recognizers/__init__.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from detectors.lexicons import rows


@dataclass(frozen=True, slots=True)
class EntityType:
    """One kind of personal data, as policies, nudges, reports and explanations know it.

    `wording` is its key in the wording files: the sentence of a nudge (`nudge`), one of it (`kind`), many (`type`).
    `own` is the sentence that takes that one's place when all that was found is the sender's own.
    `traits` and `evidence` are all that its findings may carry; tests hold the recognizer to them.
    `beside` marks a type that only supports others, a name: it never leads to a nudge, so no sentence is about it.
    `several` marks what one person may have more than one of: several of them are not yet several people.
    `occasion` marks what is no personal data by itself: only policies for an occasion speak of it.
    `names_places` marks what names of its own stand in: houses and roads are called as people are.
    """

    name: str
    wording: str
    traits: frozenset[str] = frozenset()
    evidence: frozenset[str] = frozenset()
    own: str = "own"
    beside: bool = False
    several: bool = False
    occasion: bool = False
    names_places: bool = False

    @property
    def personal(self) -> bool:
        """Whether one finding of it is somebody's data by itself."""
        return not (self.beside or self.occasion)


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


TYPES = (
    EntityType(
        "HKID",
        "hkid",
        traits=_words("own sample"),
        evidence=_words(
            "pattern prefix_known prefix_unknown bracket context_word check_digit check_digit_wrong "
            "check_digit_masked no_check_digit other_number_word sample"
        ),
    ),
    EntityType(
        "CN_RESIDENT_ID",
        "resident_id",
        traits=_words("sample"),
        evidence=_words("pattern date check_digit check_digit_wrong context_word other_number_word"),
    ),
    EntityType(
        "HK_PASSPORT",
        "passport",
        traits=_words("sample"),
        evidence=_words("pattern context_word travel_word name"),
    ),
    EntityType(
        "CREDIT_CARD",
        "card",
        traits=_words("sample"),
        evidence=_words(
            "pattern check_digit context_word other_number_word issuer_visa issuer_mastercard "
            "issuer_american_express issuer_diners issuer_jcb issuer_discover issuer_unionpay issuer_maestro"
        ),
        several=True,
    ),
    EntityType(
        "BANK_ACCOUNT",
        "bank",
        traits=_words("sample"),
        evidence=_words("pattern context_word context_far list_row organisation"),
        several=True,
    ),
    EntityType(
        "MEDICAL_TERM",
        "medical",
        traits=_words("own another mild negated asked"),
        evidence=_words("second_opinion") | {code for code, _ in rows("medical/points.tsv", "code", "points")},
        own="medical_own",
    ),
    EntityType(
        "SALARY",
        "salary",
        traits=_words("own sample"),
        evidence=_words(
            "second_opinion pattern context_word context_after context_line is_on hour_word follows_pay moves_to "
            "bare list_row named_list related share"
        ),
    ),
    EntityType(
        "PERFORMANCE_TALK",
        "performance",
        traits=_words("own"),
        evidence=_words(
            "second_opinion term_clear term_vague term_acts term_shape term_mark term_result "
            "name around person own quiet other aside"
        ),
    ),
    EntityType(
        "DATE_OF_BIRTH",
        "dob",
        traits=_words("own sample"),
        evidence=_words("second_opinion pattern context_word age list_row follows_birth"),
    ),
    EntityType(
        "HK_ADDRESS",
        "address",
        traits=_words("own business sample"),
        evidence=_words(
            "second_opinion unit floor block street building corner village numbered named bare parts house ground "
            "context_word"
        ),
        several=True,
        names_places=True,
    ),
    EntityType(
        "PHONE_NUMBER",
        "phone",
        traits=_words("own business overseas sample allowed"),
        evidence=_words(
            "second_opinion pattern plan_mobile plan_fixed plan_service plan_plausible plan_unknown country_code "
            "link public_line context_word other_number_word allow_list"
        ),
        several=True,
    ),
    EntityType(
        "EMAIL_ADDRESS",
        "email",
        traits=_words("own business work sample allowed"),
        evidence=_words("pattern own business work sample allow_list"),
        several=True,
    ),
    EntityType(
        "MEETING_PASSCODE",
        "meeting",
        traits=_words("sample"),
        evidence=_words("link passcode_in_link context_word meeting_word"),
        occasion=True,
    ),
    EntityType(
        "HOSTILE_WORDS",
        "hostile",
        evidence=_words("hostile_call hostile_threat hostile_insult negated other"),
        occasion=True,
    ),
    EntityType(
        "PERSON",
        "person",
        evidence=_words(
            "second_opinion surname given_name syllables syllable pinyin title nickname capital rare_character "
            "name_characters capitals before_number model"
        ),
        beside=True,
    ),
    EntityType(
        "FAMILY_MEMBER",
        "family",
        evidence=_words("possessive name"),
        beside=True,
    ),
)
"""What the shipped recognizers find, the gravest first."""

NAMES = tuple(type_.name for type_ in TYPES)

TRAITS = frozenset[str]().union(*(type_.traits for type_ in TYPES))
"""What the shipped recognizers say about a finding. Recognizers of one's own may say more."""

FILE_EVIDENCE = frozenset({"card_layout", "mrz", "certificate"})
"""What the layout of a page in a file adds to the evidence of any type; see `detectors/documents/layout.py`."""

_BY_NAME = {type_.name: type_ for type_ in TYPES}
_OWN_EVIDENCE = frozenset({"custom", "context_word"})


def of(name: str) -> EntityType:
    """Return the type of that name; one that is no row here is a type of somebody's own recognizers."""
    return _BY_NAME.get(name) or EntityType(name, wording="other", evidence=_OWN_EVIDENCE)


def gravest_first(names: Iterable[str]) -> tuple[str, ...]:
    """Sort names of types, each once, by their place in the table; types of one's own come last, as they came."""
    return tuple(sorted(dict.fromkeys(names), key=lambda name: NAMES.index(name) if name in NAMES else len(NAMES)))
