"""A machine to run docs/operate.md on: a folder in place of /, and stand-ins for what a test must not touch.

`systemctl` starts what the unit says and waits until it is ready, as systemd does for Type=notify; `sudo -u`,
`systemd-run` and `chown` lead to one user; `nano` types what an operator would. All else is the real program.
"""

import asyncio
import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

from tests.packed import OFFLINE, PIP

STAND_INS = {
    **dict.fromkeys(("useradd", "chown", "git", "make", "scp"), "exit 0"),
    "sudo": 'shift 2; exec "$@"',
    "systemd-run": """
while [[ "$1" == -* ]]; do [[ "$1" == -p ]] && shift; shift; done
mkdir -p -m 700 "$ROOT/var/lib/thinktwice"
set -a; . "$ROOT/etc/thinktwice/tokens"; set +a
exec "$@"
""",
    "systemctl": """
unit="$ROOT/etc/systemd/system/thinktwice.service"; lines="$ROOT/run.out"; id="$ROOT/run.pid"
stop() { if [[ -f "$id" ]]; then kill "$(cat "$id")"; tail --pid="$(cat "$id")" -s 0.1 -f /dev/null; rm "$id"; fi; }
start() {
  mkdir -p -m 700 "$ROOT/var/lib/thinktwice"
  set -a; . "$(sed -n 's/^EnvironmentFile=//p' "$unit")"; set +a
  : > "$lines"; eval "exec_ $(sed -n 's/^ExecStart=//p' "$unit")"
  until grep -q ready "$lines"; do kill -0 "$(cat "$id")" || { cat "$ROOT/run.err" >&2; exit 1; }; sleep 0.1; done
}
exec_() { nohup "$@" > "$lines" 2>> "$ROOT/run.err" < /dev/null & echo $! > "$id"; }
case "$*" in
  "start thinktwice" | "enable --now thinktwice") start ;;
  "stop thinktwice" | "disable --now thinktwice") stop ;;
  "restart thinktwice") stop; start ;;
  daemon-reload) ;;
  *) exit 1 ;;
esac
""",
    "nano": """
sed -i "s|^TELEGRAM_BOT_TOKEN=.*|TELEGRAM_BOT_TOKEN=$TOKEN|" "$1"
sed -i "s|^# api_base_url = \\"https://api.telegram.org\\".*|api_base_url = \\"$TELEGRAM\\"|" "${1%tokens}config.toml"
""",
}
PLACE = re.compile(r"(?<![\w.])/(?=(?:etc|opt|var)/)")


class Machine:
    """Runs a page's commands below `root`; the bot there is what the wheel holds."""

    def __init__(self, root: Path, wheel: Path, port: int, **typed: str) -> None:
        """`port` is where the page listens, in place of 8080; `typed` is what the stand-ins know."""
        self.root, self._port = root, port
        tools = root / "stand-ins"
        self._environment = {**os.environ, **typed, "ROOT": str(root)}
        self._environment["PATH"] = f"{root}/opt/thinktwice/bin:{tools}:{os.environ['PATH']}"
        tools.mkdir(parents=True)
        for name, script in STAND_INS.items():
            (tools / name).write_text(f"#!/bin/bash\n{script}\n", "utf-8")
            (tools / name).chmod(0o755)
        for folder in ("etc/systemd/system", "var/lib", "var/backups"):
            (root / folder).mkdir(parents=True)
        _install(root / "opt" / "thinktwice", wheel)

    def here(self, text: str) -> str:
        """What stands in a page, as it is called on this machine."""
        return PLACE.sub(f"{self.root}/", text).replace("127.0.0.1:8080", f"127.0.0.1:{self._port}")

    async def run(self, commands: str) -> str:
        """Run commands as a shell does that ends at the first that fails; returns what they print."""
        shell = await asyncio.create_subprocess_exec(
            *("bash", "-euo", "pipefail", "-c", self.here(commands)),
            cwd=self.root, env=self._environment, stdin=subprocess.DEVNULL, stdout=-1, stderr=subprocess.STDOUT,
        )  # fmt: skip
        out, _ = await shell.communicate()
        said = out.decode()
        assert shell.returncode == 0, f"{commands}\n{said}"
        return said


def _install(folder: Path, wheel: Path) -> None:
    """An environment with the wheel in it; the libraries, which take minutes to install, are those of the tests."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    libraries = folder / "lib" / version / "site-packages" / "libraries.pth"
    libraries.write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    pip = [*PIP, "--python", str(folder / "bin" / "python"), "install", "--no-compile", *OFFLINE, f"{wheel}[all]"]
    subprocess.run(pip, capture_output=True, check=True)
