"""A file's bytes -> what was found in it: read in the sandbox, judged in slices between which messages go first."""

import asyncio
from typing import Protocol

from bot.judging.guard import Detector
from detectors.documents.document import Document
from detectors.documents.judge import DocumentFindings, judge, judged


class Box(Protocol):
    """Where files are read: `detectors.documents.sandbox.Sandbox`."""

    async def read(self, data: bytes, name: str) -> Document:
        """What a file holds, or why it was not read."""
        ...

    async def close(self) -> None:
        """End what is still running."""
        ...


class FileReader:
    """Reads files; `most` is the size beyond which none is fetched."""

    def __init__(self, box: Box, finder: Detector, most: int) -> None:
        self._box, self._finder = box, finder
        self.most = most

    async def read(self, content: bytes, name: str) -> DocumentFindings:
        """Return what was found in a file; never raises for what a file is."""
        document = await self._box.read(content, name)
        if self._finder.slow:
            return await asyncio.to_thread(judge, document, self._finder.find, self._finder.rules)
        return await judged(document, self._finder.find, self._finder.rules)

    async def close(self) -> None:
        """End what is still being read."""
        await self._box.close()
