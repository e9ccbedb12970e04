"""The door stays open for those who behave: against slow, idle and very many connections."""

import asyncio
import io
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web as http

from bot.addresses import Address
from bot.web import door as doors
from bot.web.door import Door

pytestmark = pytest.mark.fault

Pair = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def _echo(request: http.Request) -> http.Response:
    return http.Response(body=await request.read())


@pytest.fixture
async def door(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Door]:
    monkeypatch.setattr(doors, "IDLE_SECONDS", 0.3)
    monkeypatch.setattr(doors, "READ_SECONDS", 0.3)
    opened = Door(http.post("/echo", _echo))
    await opened.open(Address("127.0.0.1", 0), "health")
    yield opened
    await opened.close()


async def connect(door: Door, *, sent: bytes = b"") -> Pair:
    reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
    writer.write(sent)
    await writer.drain()
    return reader, writer


def held(door: Door) -> int:
    """How many connections there are."""
    assert door._runner
    assert door._runner.server
    return len(door._runner.server.connections)


async def rest(pair: Pair) -> bytes:
    """All that the door says before it hangs up."""
    said = b""
    try:
        while piece := await pair[0].read(4096):
            said += piece
    except ConnectionError:  # a reset is a way to hang up
        pass
    pair[1].close()
    return said


async def echoed(door: Door) -> str:
    async with aiohttp.ClientSession() as session, session.post(f"http://127.0.0.1:{door.port}/echo", data="hi") as it:
        return await it.text()


@pytest.mark.parametrize("sent", [b"", b"POST /echo HT", b"POST /echo HTTP/1.1\r\nHost: x\r\nA: b\r\n"])
async def test_headers_that_never_end_are_not_waited_for(door: Door, sent: bytes) -> None:
    assert await rest(await connect(door, sent=sent)) == b""


async def test_headers_that_drip_are_not_waited_for_either(door: Door) -> None:
    pair = await connect(door, sent=b"POST /echo HTTP/1.1\r\n")
    dripping = asyncio.create_task(_drip(pair[1]))
    assert await rest(pair) == b""
    dripping.cancel()


async def _drip(writer: asyncio.StreamWriter) -> None:
    while not writer.is_closing():
        writer.write(b"A: b\r\n")
        await asyncio.sleep(0.02)


@pytest.mark.parametrize("how", [b"Content-Length: 9", b"Transfer-Encoding: chunked"])
async def test_a_body_that_never_ends_is_answered_and_let_go(door: Door, how: bytes) -> None:
    said = await rest(await connect(door, sent=b"POST /echo HTTP/1.1\r\nHost: x\r\n" + how + b"\r\n\r\n"))
    assert said.startswith(b"HTTP/1.1 408 ")


async def test_an_idle_connection_is_let_go(door: Door) -> None:
    pair = await connect(door, sent=b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi")
    assert (await rest(pair)).endswith(b"hi")


async def test_half_open_connections_are_bounded_and_shut_nobody_out(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doors, "MOST", 10)
    pairs: list[Pair] = []
    most = 0
    for _ in range(60):
        pairs.append(await connect(door, sent=b"POST /echo"))
        most = max(most, held(door))
    assert await echoed(door) == "hi"
    assert most <= 11
    for pair in pairs:
        await rest(pair)


async def test_busy_connections_are_bounded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "MOST", 10)
    door = Door(http.post("/echo", _echo))
    await door.open(Address("127.0.0.1", 0), "health")
    head = b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n"
    pairs = [await connect(door, sent=head) for _ in range(60)]
    async with asyncio.timeout(10):
        turned_away = [asyncio.create_task(rest(pair)) for pair in pairs]
        await asyncio.wait(turned_away, return_when=asyncio.FIRST_COMPLETED)
    assert held(door) <= 10
    await door.close()
    await asyncio.gather(*turned_away)


async def test_a_body_that_is_too_big(door: Door) -> None:
    url = f"http://127.0.0.1:{door.port}/echo"
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=io.BytesIO(b"x" * (doors.BIGGEST + 1))) as answer,
    ):
        assert answer.status == 413


async def test_a_closed_door_can_be_closed_again(door: Door) -> None:
    await door.close()
    assert door.port == 0
    await door.close()
