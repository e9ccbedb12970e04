"""What goes out keeps to Slack's limits, and nothing in it can become a mention or a link."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.platforms.slack.shape import said, shape
from bot.send import Button, Document, Send
from bot.words import Action, SendKind


def send(text: str = "Hello", **others: Any) -> Send:
    return replace(Send(1, SendKind.NUDGE, "slack", "T1", "C1", "U1", text), **others)


def texts(shown: Mapping[str, Any]) -> list[str]:
    return [block["text"]["text"] for block in shown["blocks"] if block["type"] == "section"]


@pytest.mark.parametrize("text", ["a\n" * 4000, "word " * 2000, "x" * 9000, "一" * 9000, "&" * 5000, "\n" * 5000, ""])
def test_long_texts_are_cut_to_slacks_limits(text: str) -> None:
    shown = said(text)
    assert all(0 < len(piece) <= 3000 for piece in texts(shown))
    assert 0 < len(shown["blocks"]) <= 50
    assert 0 < len(shown["text"]) <= 40_000


def test_no_word_is_lost_where_a_text_is_cut() -> None:
    lines = [f"line {number}" for number in range(2000)]
    assert "\n".join(texts(said("\n".join(lines)))).split("\n") == lines


def test_mentions_and_links_are_escaped() -> None:
    shown = said("<!channel> <https://example.com|here> & <@U1>")
    assert texts(shown) == ["&lt;!channel&gt; &lt;https://example.com|here&gt; &amp; &lt;@U1&gt;"]
    assert shown["text"] == texts(shown)[0]


def test_a_file_is_shown_as_text_in_fixed_width() -> None:
    content = "﻿name,count\n<hr>,1\n".encode()
    shown = said("The figures.", Document("report.csv", content))
    assert texts(shown) == ["The figures.", "```\nname,count\n&lt;hr&gt;,1\n\n```"]
    long = said("Figures.", Document("report.csv", b"a,b\n" * 30_000))
    assert len(long["blocks"]) <= 50
    assert all(piece.startswith("```") for piece in texts(long)[1:])


def test_buttons_without_what_slack_has_no_use_for() -> None:
    rows = ((Button("Start", Action.START), Button("Löschen " * 20, Action.DELETE)), (Button("Weg", Action.REMOVED),))
    shown = shape(send(buttons=rows, incident="abc"), deletes=False)
    (row,) = [block for block in shown["blocks"] if block["type"] == "actions"]
    assert [element["action_id"] for element in row["elements"]] == ["tt:removed"]
    shown = shape(send(buttons=rows, incident="abc"), deletes=True)
    assert max(len(element["text"]["text"]) for element in shown["blocks"][-1]["elements"]) <= 75


def test_metadata_tells_sends_apart() -> None:
    one, other = shape(send(created_at=1.5))["metadata"], shape(send(id=2, created_at=1.5))["metadata"]
    assert one != other
    assert set(one["event_payload"]) == {"send", "incident", "created"}
