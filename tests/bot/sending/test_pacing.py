"""How fast a platform may be written to."""

from bot.sending.pacing import BUCKETS, Pacer
from tests.fakes.logbook import Clock


def test_a_bucket_gives_its_room_and_then_makes_wait_until_the_window_has_moved() -> None:
    pacer = Pacer(clock := Clock(100.0))
    limits = {"chat": (2, 10.0)}
    for clock.now in (100.0, 103.0):
        assert pacer.delay(limits) == 0
        pacer.draw(limits)

    clock.now = 104.0
    assert pacer.delay(limits) == 6.0
    clock.now = 110.0
    assert pacer.delay(limits) == 0
    pacer.draw(limits)
    assert pacer.delay(limits) == 3.0


def test_the_fullest_bucket_decides_and_others_are_free() -> None:
    pacer = Pacer(Clock(100.0))
    pacer.draw({"all": (30, 1.0), "chat:1": (1, 3.0)})

    assert pacer.delay({"all": (30, 1.0), "chat:1": (1, 3.0)}) == 3.0
    assert pacer.delay({"all": (30, 1.0), "chat:2": (1, 3.0)}) == 0


def test_later_closes_the_narrowest_bucket_alone() -> None:
    pacer = Pacer(clock := Clock(100.0))
    pacer.close({"all": (30, 1.0), "chat:1": (20, 60.0)}, 30.0)

    assert pacer.delay({"chat:1": (20, 60.0)}) == 30.0
    assert pacer.delay({"all": (30, 1.0)}) == 0
    clock.now = 130.0
    assert pacer.delay({"chat:1": (20, 60.0)}) == 0


def test_without_limits_nothing_waits() -> None:
    pacer = Pacer(Clock(0.0))
    pacer.close({}, 999.0)

    assert pacer.delay({}) == 0


def test_buckets_of_people_long_gone_are_forgotten() -> None:
    pacer = Pacer(clock := Clock(0.0))
    for person in range(BUCKETS):
        pacer.draw({f"person:{person}": (1, 1.0)})
    clock.now = 7200.0
    pacer.draw({"person:new": (1, 1.0)})

    assert list(pacer._drawn) == ["person:new"]
