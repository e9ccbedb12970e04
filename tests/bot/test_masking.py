"""A text is read again until nothing is said of it, and not for ever."""

from collections.abc import Sequence

from bot.masking import ROUNDS, mask
from detectors.detector import Detector
from detectors.finding import Finding
from detectors.overlaps import MOST_FINDINGS
from policies.facts import UNKNOWN, Facts
from policies.policy import Decision, Policy
from tests.fakes.marked_find import find
from tests.fakes.some_rules import rule

OFFICE = Policy(
    "office",
    "h",
    (rule(id="hkid", types=["HKID"]), rule(id="phone", types=["PHONE_NUMBER"], traits_none=["business"])),
)


def masked(*texts: str, policy: Policy = OFFICE, names: bool = False) -> tuple[str, ...]:
    return mask([("text", text) for text in texts], find, policy.decide, names=names).texts


def test_only_what_makes_a_rule_fire_is_hidden() -> None:
    assert masked("{HKID} {PHONE_NUMBER business} {SALARY}") == ("[ID number] {PHONE_NUMBER business} {SALARY}",)


def test_parts_are_judged_together_and_told_apart() -> None:
    both = Policy("both", "h", (rule(id="several", types=["HKID", "SALARY"], min_types=2),))
    assert masked("{HKID}", "{SALARY}", policy=both) == ("[ID number]", "[amount]")
    assert masked("{HKID}", "{HKID}", policy=both) == ("{HKID}", "{HKID}")


def test_a_rule_may_look_at_the_part() -> None:
    captions = Policy("captions", "h", (rule(id="captions", types=["HKID"], parts=["caption"]),))
    found = mask([("text", "{HKID}"), ("caption", "{HKID}")], find, captions.decide)
    assert found.texts == ("{HKID}", "[ID number]")


def test_names_are_hidden_on_wish_alone() -> None:
    assert masked("{PERSON} {HKID}") == ("{PERSON} [ID number]",)
    assert masked("{PERSON} {PERSON 0.3}", names=True) == ("{P.} {PERSON 0.3}",)


def test_what_was_hidden_is_told_by_type() -> None:
    found = mask([("text", "{HKID} {HKID} {PERSON}")], find, OFFICE.decide, names=True)
    assert (found.types, found.quiet) == (("HKID", "PERSON"), True)


def test_what_can_not_be_hidden_is_not_called_quiet() -> None:
    read = 0

    def endless(text: str) -> Sequence[Finding]:
        nonlocal read
        read += 1
        return (Finding("HKID", len(text), len(text), 0.9, "r"),)

    assert not mask([("text", "hello")], endless, OFFICE.decide).quiet
    assert read == 1  # nothing changed, so nothing would


def test_a_text_that_always_brings_something_new_has_an_end() -> None:
    def every(findings: Sequence[Finding], facts: Facts) -> Decision:
        return OFFICE.decide(findings, facts)

    def growing(text: str) -> Sequence[Finding]:
        word = next(place for place in range(len(text)) if text.startswith("x", place))
        return (Finding("HKID", word, word + 1, 0.9, "r"),)

    found = mask([("text", "x " * 100)], growing, every, UNKNOWN)
    assert not found.quiet
    assert found.texts[0].count("[ID number]") == ROUNDS


def test_a_list_of_any_length_is_hidden_in_one_round() -> None:
    detector, calls = Detector(), 0

    def every(text: str) -> Sequence[Finding]:
        nonlocal calls
        calls += 1
        return detector.every(text)

    roster = "".join(f"Chan Tai Man\t9123 {number:04}\n" for number in range(1000, 1000 + 3 * MOST_FINDINGS))
    found = mask([("text", roster)], every, OFFICE.decide)
    assert (found.quiet, calls) == (True, 2)
    assert found.texts[0] == "Chan Tai Man\t9123 ****\n" * (3 * MOST_FINDINGS)


def test_words_are_not_shown() -> None:
    assert "4567" not in repr(mask([("text", "9123 4567")], find, OFFICE.decide))
