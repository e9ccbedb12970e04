"""Boxes that files are read in: in this process, for tests that are not about the sandbox; or as a test says."""

import asyncio

from detectors.documents.document import Document
from detectors.documents.reading import read


class OpenBox:
    """Reads with the real readers, without a process of their own. `gate`: nothing is read before it is set."""

    def __init__(self, gate: asyncio.Event | None = None) -> None:
        self.gate = gate
        self.read_names: list[str] = []
        self.answer: Document | Exception | None = None

    async def read(self, data: bytes, name: str) -> Document:
        self.read_names.append(name)
        if self.gate is not None:
            await self.gate.wait()
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer or read(data, name)

    async def close(self) -> None:
        return
