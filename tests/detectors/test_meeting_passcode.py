"""Passcodes of online meetings: in links and beside them; a link alone is none."""

import pytest

from detectors.recognizers.meeting_passcode import MeetingPasscodeRecognizer
from tests.fakes.marked_text import expected, found, plain, traits

FINDS = MeetingPasscodeRecognizer()


@pytest.mark.parametrize(
    "marked",
    [
        "<«https://us02web.zoom.us/j/81234567890?pwd=aGVsbG8xMjM0»|join here>",
        "link:«https://example.zoom.us/j/81234567890?from=cal&pwd=a1b2c3d4», 3pm",
        "開會 «https://zoom.us/j/81234567890?pwd=abc123xyz»請準時",
        "(«https://teams.microsoft.com/meet/2345678901234?p=AbCdEf12»)",
        "«https://meeting.tencent.com/dm/AbCd?pwd=123456»",
        "zoom id 643 378 2183，password «100516»，下晝5點start",
        "腾讯会议号 123-456-789，会议密码：«2468»",
        "Meeting number (access code): 2553 123 4567\nMeeting password: «pA5sWord»",
        "Zoom meeting: https://zoom.us/j/81426974704\nPasscode (same for all): «778754»",
        "https://us02web.zoom.us/j/81426974704",
        "zoom.us/j/81426974704?pwd=********",
        "Zoom link in the calendar, the passcode is in the invite",
        "Zoom passcode: TBC",
        "zip password: abc123, the meeting is at 3",
        "電腦密碼 abc123，開會前要改",
        "forgot the zoom password again",
        "the door code is 2468",
        "pin this message, see https://meet.google.com/abc-defg-hij",
        "meeting at 10, password policy 2024 attached",
    ],
)
def test_passcodes_are_found_whole(marked: str) -> None:
    assert found(FINDS, plain(marked)) == expected(marked)


def test_an_example_is_a_sample() -> None:
    assert traits(FINDS, "例如 https://zoom.us/j/81234567890?pwd=abcdef123456") == {"sample"}
