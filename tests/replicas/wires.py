"""What lies between the programs and what they need: a wire to the database that can be cut, a balancer before them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Self

Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Passage:
    """Listens at a port and hands everything on to the other end."""

    def __init__(self) -> None:
        self._open: set[asyncio.StreamWriter] = set()
        self._heard = asyncio.Event()
        self._heard.set()
        self.port = 0

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[Self]:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            self.cut()

    def cut(self) -> None:
        """Break what is connected."""
        for writer in self._open:
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _joined((reader, writer), self._other_end, self._open, self._heard)

    async def _other_end(self) -> Ends:
        raise NotImplementedError


class Wire(Passage):
    """To the database's socket."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._socket = folder / ".s.PGSQL.5432"
        self.whole = True

    def cut(self) -> None:
        """Break what is connected; nobody gets through until `mend`."""
        self.whole = False
        super().cut()

    def hush(self) -> None:
        """Hand nothing on until `mend`, and close nothing: what is sent is confirmed, and no answer comes."""
        self._heard.clear()

    def mend(self) -> None:
        self.whole = True
        self._heard.set()

    async def _other_end(self) -> Ends:
        if not self.whole:
            raise ConnectionRefusedError
        return await asyncio.open_unix_connection(self._socket)


class Balancer(Passage):
    """To the next program that takes a connection."""

    def __init__(self, ports: Sequence[int]) -> None:
        super().__init__()
        self._ports = ports
        self._turn = count()

    async def _other_end(self) -> Ends:
        first = next(self._turn)
        for number in range(len(self._ports)):
            with suppress(OSError):
                return await asyncio.open_connection("127.0.0.1", self._ports[(first + number) % len(self._ports)])
        raise ConnectionRefusedError


async def _joined(
    one: Ends, connect: Callable[[], Awaitable[Ends]], known: set[asyncio.StreamWriter], heard: asyncio.Event
) -> None:
    """Hand on what comes from either end, while it is to be heard, until one of them is closed."""
    writers = [one[1]]
    try:
        other: Ends = await connect()
        writers.append(other[1])
        known.update(writers)
        await asyncio.gather(_pump(one[0], other[1], heard), _pump(other[0], one[1], heard))
    except OSError:
        pass  # that is what these wires are for
    finally:
        for writer in writers:
            known.discard(writer)
            writer.transport.abort()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, heard: asyncio.Event) -> None:
    while data := await reader.read(65_536):
        await heard.wait()
        writer.write(data)
        await writer.drain()
    raise ConnectionResetError
