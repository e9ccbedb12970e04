"""A light start leaves nothing out for good: whoever asks later gets all of Presidio and spaCy."""

import subprocess
import sys

START = "import sys\nfrom detectors import light\n"


def said(code: str) -> str:
    """What a fresh interpreter prints."""
    return subprocess.run([sys.executable, "-c", START + code], capture_output=True, text=True, check=True).stdout


def test_no_http_client_and_no_command_line_is_loaded() -> None:
    loaded = "print([name for name in ('requests', 'urllib3', 'typer', 'spacy.cli') if name in sys.modules])"
    assert said(loaded) == "[]\n"


def test_presidios_own_recognizers_find_what_they_always_found() -> None:
    assert said(
        "from presidio_analyzer.predefined_recognizers import EmailRecognizer, UrlRecognizer\n"
        "text = 'See https://office.example.com/a'\n"
        "print(len(UrlRecognizer().analyze(text, ['URL'])) > 0)\n"
        "print('tldextract' in sys.modules and callable(EmailRecognizer().validate_result))\n"
    ).splitlines() == ["True", "True"]


def test_a_pattern_that_is_none_is_still_refused() -> None:
    assert (
        said(
            "from presidio_analyzer import Pattern\n"
            "try:\n    Pattern('open', '(', 0.5)\nexcept ValueError:\n    print('refused')\n"
        )
        == "refused\n"
    )


def test_what_was_put_off_is_there_once_it_is_asked_for() -> None:
    assert (
        said(
            "import regex, spacy, tldextract\n"
            "print(bool(regex.compile('a+').match('aa')), callable(tldextract.extract))\n"
            "print(bool(spacy.info(silent=True)))\n"
        )
        == "True True\nTrue\n"
    )
