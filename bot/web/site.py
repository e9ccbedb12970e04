"""The page: who may see what, and the way from a request to an answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from urllib.parse import quote

from aiohttp import web as http

from bot import wording
from bot.addresses import Address
from bot.reports import html
from bot.web.door import Door, Handler
from bot.web.page import File, Onward, Page, Show, Visit
from bot.web.pages import audit, breaches, health, incidents, overview, policies
from bot.web.rendering import Templates
from bot.web.sessions import SESSION_SECONDS, Session, Sessions, WebRole
from bot.web.shield import Shield
from bot.web.sources import Sources
from bot.words import Act

STATIC = {
    "style.css": "text/css",
    "icon.svg": "image/svg+xml",
    "htmx.min.js": "text/javascript",
    "report.css": "text/css",
}
LANGUAGE = "language"
"""The cookie of the language that somebody chose on the page."""


@dataclass(frozen=True, slots=True)
class Place:
    """One address of the page: what shows it, where it stands in the menu, and whether only editors may.

    `noted`: each time is a row of the audit table; what happens while somebody types is none, unless it is refused.
    """

    method: str
    path: str
    show: Show
    here: str
    role: WebRole = WebRole.VIEWER
    noted: bool = True


PLACES = (
    Place("GET", "/", overview.show, "overview"),
    Place("GET", "/incidents", incidents.show, "incidents"),
    Place("GET", "/incidents/{incident}", incidents.one, "incidents"),
    Place("POST", "/incidents/{incident}", incidents.handle, "incidents", WebRole.EDITOR),
    Place("GET", "/breaches", breaches.show, "breaches"),
    Place("POST", "/breaches", breaches.handle, "breaches", WebRole.EDITOR),
    Place("GET", "/breaches/{case}", breaches.one, "breaches"),
    Place("POST", "/breaches/{case}", breaches.handle, "breaches", WebRole.EDITOR),
    Place("GET", "/breaches/{case}/draft", breaches.drafted, "breaches"),
    Place("GET", "/policies", policies.show, "policies"),
    Place("GET", "/policies/file", policies.one, "policies"),
    Place("POST", "/policies/check", policies.check, "policies", WebRole.EDITOR, noted=False),
    Place("POST", "/policies/save", policies.save, "policies", WebRole.EDITOR),
    Place("GET", "/audit", audit.show, "audit"),
    Place("GET", "/health", health.show, "health"),
)


class Site:
    """Serves the pages to people whom the bot invited."""

    def __init__(self, sources: Sources, sessions: Sessions, shield: Shield) -> None:
        self._sources, self._sessions, self._shield = sources, sessions, shield
        self._templates = Templates(sources.config.web.others)
        self._cookie = f"{'__Host-' if shield.secure else ''}thinktwice{shield.port}"
        routes = [http.route(place.method, place.path, self._handler(place)) for place in PLACES]
        self.door = Door(
            *routes,
            http.get("/static/{name}", self._static),
            http.get("/in/{invitation}", self._invited),
            http.post("/in", self._enter),
            http.post("/out", self._leave),
            http.post("/language", self._speak),
            middlewares=(shield.harden,),
        )

    async def open(self, address: Address) -> None:
        """Listen. Raises ConfigError."""
        await self.door.open(address, "web")

    def _handler(self, place: Place) -> Handler:
        async def handle(request: http.Request) -> http.StreamResponse:
            session = self._session(request)
            if session is None:
                return self._shown(request, Page("outside.html", {}, status=401), None, "")
            form = await self._form(request)
            visitor = session.visitor
            may = place.role is WebRole.VIEWER or visitor.role is WebRole.EDITOR
            genuine = place.method == "GET" or form.get("token") == session.token
            if place.noted or not (may and genuine):
                await self._noted(session, place, request, allowed=may and genuine)
            if not (may and genuine):
                return self._shown(request, Page("refused.html", {}, status=403), session, place.here)
            visit = Visit(visitor, self._language(request, session), request.match_info, request.query, form)
            answer = await place.show(self._sources, visit)
            if isinstance(answer, Onward):
                return http.Response(status=303, headers={"Location": answer.to})
            if isinstance(answer, File):
                how = {"Content-Disposition": f'attachment; filename="{answer.name}"'}
                return http.Response(body=answer.content, content_type="application/octet-stream", headers=how)
            return self._shown(request, answer, session, place.here)

        return handle

    async def _noted(self, session: Session, place: Place, request: http.Request, *, allowed: bool) -> None:
        """Every look and act is a row of the audit table: the page, and the id that it is about."""
        visitor = session.visitor
        what = place.here if place.method == "GET" else f"{place.here} change"
        about = request.match_info.get("incident", "")
        known = about if about and self._sources.store.incident(about) else ""
        await self._sources.store.audit(visitor.platform, visitor.user, Act.WEB, what, about=known, allowed=allowed)

    async def _invited(self, request: http.Request) -> http.Response:
        """Ask once more: a look at a link, as chat programs take one for a preview, must not use it up."""
        page = Page("invited.html", {"invitation": request.match_info["invitation"]})
        return self._shown(request, page, None, "")

    async def _enter(self, request: http.Request) -> http.StreamResponse:
        form = await self._form(request)
        secret = self._sessions.begin(form.get("invitation", ""))
        session = self._sessions.session(secret) if secret else None
        if secret is None or session is None:
            return self._shown(request, Page("outside.html", {}, status=401), None, "")
        await self._sources.store.audit(session.visitor.platform, session.visitor.user, Act.WEB, "in")
        onward = http.Response(status=303, headers={"Location": "/"})
        onward.set_cookie(
            self._cookie, secret, max_age=int(SESSION_SECONDS), path="/", httponly=True,
            secure=self._shield.secure, samesite="Strict",
        )  # fmt: skip
        return onward

    async def _leave(self, request: http.Request) -> http.Response:
        session = self._session(request)
        if session is not None and (await self._form(request)).get("token") == session.token:
            self._sessions.end(session.visitor.platform, session.visitor.user)
            await self._sources.store.audit(session.visitor.platform, session.visitor.user, Act.WEB, "out")
        gone = self._shown(request, Page("outside.html", {}), None, "")
        gone.del_cookie(self._cookie, path="/")
        return gone

    async def _speak(self, request: http.Request) -> http.Response:
        """Go back to where the form stood, in the language that it names."""
        form = await self._form(request)
        back = form.get("back", "/")
        onward = http.Response(status=303, headers={"Location": back if _is_ours(back) else "/"})
        if form.get(LANGUAGE) in wording.languages():
            onward.set_cookie(
                LANGUAGE, form[LANGUAGE], path="/", httponly=True, secure=self._shield.secure, samesite="Strict"
            )
        return onward

    async def _static(self, request: http.Request) -> http.Response:
        name = request.match_info["name"]
        if name not in STATIC:
            raise http.HTTPNotFound
        text = html.style() if name == "report.css" else _file(name)
        return http.Response(
            text=text,
            content_type=STATIC[name],
        )

    def _shown(self, request: http.Request, page: Page, session: Session | None, here: str) -> http.Response:
        said = request.query.get("said", "")
        text = self._templates.page(page, self._language(request, session), session, here, said)
        return http.Response(text=text, content_type="text/html", charset="utf-8", status=page.status)

    def _session(self, request: http.Request) -> Session | None:
        return self._sessions.session(request.cookies.get(self._cookie, ""))

    def _language(self, request: http.Request, session: Session | None) -> str:
        chosen = request.cookies.get(LANGUAGE, "")
        if chosen in wording.languages():
            return chosen
        return session.visitor.language if session else _asked_for(request)

    async def _form(self, request: http.Request) -> Mapping[str, str]:
        if request.method == "GET":
            return {}
        return {name: value for name, value in (await request.post()).items() if isinstance(value, str)}


def _is_ours(path: str) -> bool:
    """Whether it is a place of this site, and not another's (//elsewhere, https://...)."""
    return path.startswith("/") and not path.startswith(("//", "/\\")) and quote(path, safe="/?=&%:.-_~+") == path


def _asked_for(request: http.Request) -> str:
    """The language of a browser that nobody knows yet."""
    return "zh" if request.headers.get("Accept-Language", "").lower().startswith("zh") else "en"


def _file(name: str) -> str:
    return files(__package__).joinpath("static", name).read_text("utf-8")
