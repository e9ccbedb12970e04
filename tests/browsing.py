"""A browser without scripts: it keeps cookies, follows links and sends forms."""

import re
from collections.abc import Mapping

import aiohttp

TOKEN = re.compile(r'name="token" value="([^"]+)"')


class Browser:
    """Keeps cookies, and says that its forms come from the page."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))

    async def get(self, path: str) -> tuple[int, str]:
        async with self.session.get(self.url + path, allow_redirects=True) as answer:
            return answer.status, await answer.text()

    async def post(self, path: str, form: Mapping[str, str], *, origin: str | None = None) -> tuple[int, str]:
        headers = {"Origin": self.url if origin is None else origin}
        async with self.session.post(self.url + path, data=form, headers=headers, allow_redirects=True) as answer:
            return answer.status, await answer.text()

    async def enter(self, link: str) -> tuple[int, str]:
        """Follow the link and press the button."""
        status, text = await self.get(link.removeprefix(self.url))
        assert status == 200
        found = re.search(r'name="invitation" value="([^"]+)"', text)
        assert found
        return await self.post("/in", {"invitation": found[1]})

    async def token(self, path: str) -> str:
        found = TOKEN.search((await self.get(path))[1])
        assert found
        return found[1]
