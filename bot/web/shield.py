"""What every answer of the page carries, and which requests are refused before any page sees them."""

import ipaddress
from collections.abc import Awaitable, Callable, Sequence

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

Handler = Callable[[http.Request], Awaitable[http.StreamResponse]]


class Shield:
    """Knows by which address people reach the page, and whose word on that is taken."""

    def __init__(self, origin: str, proxies: Sequence[str]) -> None:
        """`origin` is how browsers write it (https://page.example.com); `proxies` are addresses or networks."""
        self.origin = origin
        self.secure = origin.startswith("https://")
        self._proxies = [ipaddress.ip_network(one) for one in proxies]

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

    def whose(self, request: http.Request) -> str:
        """Return the address that a request comes from; a named proxy's word is taken for it, nobody else's."""
        address = request.remote or ""
        told = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
        while told and self._is_proxy(address):
            address = told.pop()
        return address

    def _is_proxy(self, address: str) -> bool:
        try:
            return any(ipaddress.ip_address(address) in network for network in self._proxies)
        except ValueError:
            return False
