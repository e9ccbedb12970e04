"""The doctor tells of token files that others can read, and of a configuration that they can change."""

from pathlib import Path

import pytest

from bot.cli import main

CONFIG = '[privacy]\noperator = "Example Ltd"\ncontact = "privacy@example.com"\n'


def doctor(config: Path, capsys: pytest.CaptureFixture[str]) -> str:
    main(["doctor", "--config", str(config)])
    return capsys.readouterr().out


@pytest.mark.parametrize("name", ["TELEGRAM_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"])
def test_who_can_read_and_change_what(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    config, token = tmp_path / "config.toml", tmp_path / "token"
    config.write_text(CONFIG)
    token.write_text("7000001:planted")
    monkeypatch.setenv(f"{name}_FILE", str(token))
    config.chmod(0o664)
    token.chmod(0o640)
    said = doctor(config, capsys)
    assert f"file of {name}" in said
    assert f"chmod 600 {token}" in said
    assert f"chmod go-w {config}" in said
    assert "planted" not in said
    config.chmod(0o644)
    token.chmod(0o600)
    assert "chmod" not in doctor(config, capsys)
