"""How much is cleaned up soon."""

from pathlib import Path

from bot.message import Deletion
from bot.reports import FORMATS, gather
from bot.store import Store
from tests.fakes.logbook import NOON, Clock, leak


async def test_the_shares_that_were_cleaned_up_soon_are_of_all_incidents(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "log.db", Clock())
    await store.commit([leak(str(number)) for number in range(4)])
    for number, seconds in ((0, 300.0), (1, 301.0), (2, 90_000.0)):
        await store.commit([Deletion("stub", "", "-100", str(number), NOON + seconds)])
    figures = gather(store, NOON - 1, NOON + 1)
    assert (figures.cleaned_soon, figures.cleaned_in_a_day) == (0.25, 0.5)
    assert "within 5 minutes: 25%, within a day: 50%" in FORMATS["text"](figures, "en")
    assert "5分鐘內清理的佔25%，一天內佔50%" in FORMATS["text"](figures, "zh")
    assert "share_cleaned_within_a_day,0.5" in FORMATS["csv"](figures, "en")
    nothing = gather(store, NOON + 5, NOON + 6)
    assert nothing.cleaned_soon is None
    store.close()
