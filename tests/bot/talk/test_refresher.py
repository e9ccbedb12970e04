"""The refresher: its answers are what the shipped policy says, and its buttons lead through five questions."""

import pytest

from bot import wording
from bot.talk.refresher import ANSWERS, begin, turn
from bot.wording.refresher import ASKED, of_year, questions
from bot.words import Action
from policies.facts import Facts
from policies.files import load
from tests.whole import whole


@pytest.mark.parametrize("number", range(len(questions())))
@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_an_answer_is_right_when_the_shipped_policy_says_so(number: int, language: str) -> None:
    question = questions()[number]
    decision = load("hr-default", whole().find).decide(whole().find(question.said(language)), Facts(audience=40))
    assert ("nudge" in decision.effects) is not question.post


def test_the_next_year_asks_other_questions_and_each_year_mixes_both_answers() -> None:
    assert len(questions()) == 2 * ASKED
    assert set(map(id, of_year(2026))).isdisjoint(map(id, of_year(2027)))
    assert all({question.post for question in of_year(year)} == {True, False} for year in range(2026, 2030))


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_five_answers_lead_to_the_end(language: str) -> None:
    text, buttons = begin(2026, language)
    for number, question in enumerate(of_year(2026), 1):
        assert question.said(language) in text
        chosen = {button.action: button.choice for (button,) in buttons}
        right = next(action for action, post in ANSWERS.items() if post is question.post)
        wrong = next(action for action, post in ANSWERS.items() if post is not question.post)
        turned = turn(wrong if number == 2 else right, chosen[right], language)
        assert turned is not None
        text, buttons = turned
        assert question.because(language) in text
    assert buttons == ()
    assert text.endswith(wording.say(language, "refresher.done", right=4, count=5))


@pytest.mark.parametrize("choice", ["", "2026_9_0", "x", "2026_1"])
def test_a_forged_button_turns_nothing(choice: str) -> None:
    assert turn(Action.KEEP, choice, "en") is None
