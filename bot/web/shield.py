"""What every answer of the page carries, and which requests are refused before any page sees them."""

import logging
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web as http

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
"""No script or style but our own files, nothing from elsewhere, in nobody's frame, kept by no cache."""

_log = logging.getLogger(__name__)

Handler = Callable[[http.Request], Awaitable[http.StreamResponse]]


class Shield:
    """Knows by which address people reach the page; what a proxy says in headers of its own is taken from nobody."""

    def __init__(self, origin: str) -> None:
        """`origin` is how browsers write it: https://page.example.com."""
        self.origin = origin
        self.secure = origin.startswith("https://")
        port = urlsplit(origin).port
        self.port = f"-{port}" if port else ""
        """For the name of the cookie: a browser sends it to every port of the same host (RFC 6265, 8.5)."""

    @http.middleware
    async def harden(self, request: http.Request, handler: Handler) -> http.StreamResponse:
        """Refuse what another site makes a browser send; put the headers on every answer."""
        if request.method not in ("GET", "HEAD") and not self._ours(request):
            response: http.StreamResponse = http.Response(status=403, text="This form was sent from elsewhere.")
        else:
            try:
                response = await handler(request)
            except http.HTTPException as refusal:
                response = http.Response(status=refusal.status, text=refusal.reason)
            except Exception as error:  # noqa: BLE001 - aiohttp is not given a log, for it would print requests
                _log.error("page.failed error=%s", type(error).__name__)
                response = http.Response(status=500, text="This page could not be made; the log says what failed.")
        response.headers.update(HEADERS)
        if self.secure:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        return response

    def _ours(self, request: http.Request) -> bool:
        """Whether a form comes from our own page, as the browser says (Fetch Metadata; Origin in older ones)."""
        site = request.headers.get("Sec-Fetch-Site")
        if site is not None:
            return site == "same-origin"
        return request.headers.get("Origin") == self.origin
