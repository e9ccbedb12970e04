"""Three programs over one log: killed, stopped, cut off, the database server killed; nothing is lost, nothing doubled.

Only what was in flight may come twice, and says so.
"""

from itertools import cycle
from pathlib import Path

import pytest

from tests.fakes.postgres import Cluster
from tests.replicas.trial import LINES, MISCHIEF, trial
from tests.tally import Tally

# A connection that comes in while asyncio closes a server is dropped unclosed.
pytestmark = [pytest.mark.filterwarnings("ignore:Exception ignored in. <socket.socket"), pytest.mark.timeout(400)]


@pytest.mark.parametrize(("line", "what"), [*zip(cycle(LINES), MISCHIEF, strict=False)])
async def test_what_befalls_one_is_made_up_for_by_others(
    tmp_path: Path, cluster: Cluster, line: str, what: str
) -> None:
    await trial(line, tmp_path, cluster, 0, [what])


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("line", LINES)
async def test_replica_trials(tmp_path: Path, cluster: Cluster, line: str, seed: int, tally: Tally) -> None:
    tally(line, await trial(line, tmp_path, cluster, seed))
