"""Whose a number is: what the words around a fixed line say of firms and people, and the traits that follow."""

import re

from detectors.recognizers.phone.words import NOBODY, NOTHING_SAID, Kinship, but, is_of_firm
from detectors.recognizers.recognizer import Scan
from detectors.text.window import Places

_SOMEBODY = re.compile(r"(?<![a-z])(?:he|she|his|her|him|their|them|they|someone|somebody)(?![a-z])|[佢他她您我]|同事")
_READ = 2_000
"""Characters that are looked through for somebody whose line a number may be."""


def settled(scan: Scan, places: Places, start: int, verdict: Kinship) -> Kinship:
    """Return what is said of a fixed line, once it is asked whether a firm, or nobody at all, is spoken of."""
    if verdict.private:
        return verdict
    if verdict.desk:
        return but(verdict, other=False, firm=True)
    if not (verdict.telephone or verdict.other) and places.anywhere("business", "firm") and is_of_firm(places, start):
        return but(verdict, firm=True)
    if not (verdict.other or verdict.firm or verdict.person or scan.once(_is_of_somebody)):
        return NOBODY if verdict is NOTHING_SAID else but(verdict, nobody=True)
    return verdict


def is_anybodys(scan: Scan, places: Places) -> bool:
    """Tell whether somebody is spoken of whose number a bare one may be: else it counts or opens something."""
    return places.anywhere("somebody", "own", "home") or scan.once(_has_at_sign) or scan.once(_is_of_somebody)


def whose(verdict: Kinship, *, fixed: bool, public: bool = False) -> frozenset[str]:
    """Return the traits. A firm's word makes a line of the firm of a fixed line only: staff have mobiles."""
    firms = fixed and (verdict.firm or verdict.nobody) and not verdict.private
    holds = {"own": verdict.own, "sample": verdict.sample, "business": public or verdict.business or firms}
    return frozenset(trait for trait, held in holds.items() if held)


def _has_at_sign(scan: Scan) -> bool:
    return "@" in scan.lower


def _is_of_somebody(scan: Scan) -> bool:
    return bool(_SOMEBODY.search(scan.lower)) or scan.names.anybody(0, _READ)
