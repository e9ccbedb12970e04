"""Kill -9 of a whole bot, the real clients on the wire: no incident lost or doubled, no nudge lost; files too.

On Slack nothing comes twice: a send that was under way is looked for by its metadata. A Telegram bot can't read back
what it sent: of each kill at most the sends in flight come twice, one for each person, and each row says so.
"""

from pathlib import Path

import pytest

from bot.addresses import Server
from tests.crash.bot_life import LOOKS, POINTS
from tests.crash.sides import FAULTS
from tests.crash.trial import LINES, Kill, kills_of, trial
from tests.tally import Tally

# A connection that comes in while asyncio closes a server is dropped unclosed; the fakes are restarted all the time.
pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in. <socket.socket")


@pytest.mark.parametrize("line", ["telegram", "slack socket"])
@pytest.mark.parametrize("point", [*POINTS, "in_flight"])
async def test_a_kill_at_a_named_point(tmp_path: Path, line: str, point: str) -> None:
    figures = await trial(line, tmp_path, [Kill(point, 2)])
    if line == "telegram" and point in ("after_accepted", "before_outcome", "in_flight"):
        assert figures["doubled and marked"] >= 1


@pytest.mark.parametrize("line", ["telegram", "slack socket"])
@pytest.mark.parametrize("point", LOOKS)
async def test_a_kill_while_a_file_is_read(tmp_path: Path, line: str, point: str) -> None:
    """The next life reads the file again; who posted it is told once."""
    await trial(line, tmp_path, [Kill(point, 2)])


@pytest.mark.parametrize("line", ["telegram webhook", "slack http", "both"])
@pytest.mark.parametrize("point", ["after_commit", "in_flight"])
async def test_a_kill_on_another_line_and_on_both_platforms(tmp_path: Path, line: str, point: str) -> None:
    await trial(line, tmp_path, [Kill(point, 2)])


@pytest.mark.parametrize("line", ["telegram", "slack socket"])
async def test_kills_in_a_row_lose_nothing(tmp_path: Path, line: str) -> None:
    kills = [Kill("before_commit"), Kill("before_commit"), Kill("in_flight", 2), Kill("after_accepted")]
    await trial(line, tmp_path, kills)


async def test_a_kill_while_everything_goes_wrong(tmp_path: Path) -> None:
    await trial("both", tmp_path, [Kill("before_outcome", 2, FAULTS)])


@pytest.mark.parametrize(("line", "point"), [("telegram", "after_accepted"), ("slack socket", "before_commit")])
async def test_a_kill_with_the_log_on_a_server(tmp_path: Path, log: Server, line: str, point: str) -> None:
    await trial(line, tmp_path, [Kill(point, 2)], log.url)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(50))
@pytest.mark.parametrize("line", ["telegram", "slack socket"])
async def test_crash_trials_with_the_log_on_a_server(
    tmp_path: Path, log: Server, line: str, seed: int, tally: Tally
) -> None:
    """A hundred kills on each line: the same points, moments and faults."""
    tally(f"{line}, log on a server", await trial(line, tmp_path, kills_of(seed), log.url))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100))
@pytest.mark.parametrize("line", LINES)
async def test_crash_trials(tmp_path: Path, line: str, seed: int, tally: Tally) -> None:
    """Two hundred kills on each line, at each named point and at random moments, with every fault in between."""
    tally(line, await trial(line, tmp_path, kills_of(seed)))
