"""What goes on failing is said at growing pauses."""

import itertools

from bot.sending.outage import FIRST, LONGEST, OVER, Outage
from tests.fakes.logbook import Clock


def test_a_day_of_it_is_a_page_of_the_log_and_no_more() -> None:
    clock = Clock()
    outage, began, said = Outage(clock), clock.now, []
    while clock.now < began + 86400:
        if outage.seen("full"):
            said.append(clock.now - began)
        clock.now += 1
    pauses = [later - earlier for earlier, later in itertools.pairwise(said)]
    assert said[:4] == [0, FIRST, 3 * FIRST, 7 * FIRST]
    assert max(pauses) == LONGEST
    assert len(said) < 40


def test_another_reason_is_said_at_once() -> None:
    outage = Outage(Clock())
    assert [outage.seen(reason) for reason in ("full", "full", "damaged", "damaged")] == [True, False, True, False]


def test_it_is_over_once_it_stays_away() -> None:
    clock = Clock()
    outage = Outage(clock)
    assert outage.over() is None
    outage.seen("full")
    clock.now += 5
    outage.seen("full")
    clock.now += OVER - 1
    assert (outage.lasts, outage.over()) == (True, None)
    clock.now += 1
    assert (outage.over(), outage.lasts, outage.over()) == (5, False, None)
    assert outage.seen("full")
