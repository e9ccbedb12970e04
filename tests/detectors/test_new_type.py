"""The walk in docs/recognizers.md, done in a copy of the tree: the tests tell what is missing, until nothing is."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "recognizers.md").read_text("utf-8")
STEPS = re.findall(r"^   ```(?:python|toml)\n(.*?)^   ```$", PAGE, re.DOTALL | re.MULTILINE)
FILE, ROWS, LISTED, ENGLISH, CHINESE, RULE = map(dedent, STEPS)
LIGHT = ("tests/bot/test_wording.py", "tests/policies/test_manual.py", "tests/policies/test_shipped.py")
HEAVY = ("tests/detectors/test_types.py", "tests/policies/test_shipped_examples.py")
ABOUT_TYPES = (
    "OCTOPUS or every_row or has_its_words or can_pick or every_word or warned_about or all_examples or every_rule"
)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for folder in ("bot", "detectors", "docs", "policies", "tests"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def complaints(tree: Path, *tests: str) -> set[str]:
    """Run tests that hold a type to what it needs, and return what they complain of about this one."""
    command = [sys.executable, "-m", "pytest", "-n", "0", "--tb=short", "-k", ABOUT_TYPES, *tests]
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    run = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
    found = set(re.findall(r"^E +(?:AssertionError: )?((?:bot|detectors|docs|policies)/.+)$", run.stdout, re.MULTILINE))
    assert run.returncode == (1 if found else 0), run.stdout + run.stderr
    return {complaint for complaint in found if "octopus" in complaint.lower()}


def put(file: Path, before: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(before) == 1
    file.write_text(text.replace(before, new + before), "utf-8")


@pytest.mark.timeout(300)  # it runs the tests of the copy twice
def test_a_new_type_is_a_recognizer_a_row_and_words_and_the_tests_name_what_is_missing(tree: Path) -> None:
    (tree / "detectors" / "recognizers" / "octopus.py").write_text(FILE, "utf-8")
    listed = tree / "detectors" / "recognizers" / "__init__.py"
    put(listed, "from detectors.recognizers.people.person import", LISTED.splitlines()[0] + "\n")
    put(listed, "    PersonRecognizer,\n", "    OctopusRecognizer,\n")
    put(tree / "detectors" / "types.py", '    EntityType(\n        "PERSON"', ROWS.splitlines(keepends=True)[2])
    assert complaints(tree, *LIGHT) == {
        *(
            f"bot/wording/{language}.toml: [{part}] lacks octopus"
            for language in ("en", "zh")
            for part in ("kind", "type")
        ),
        "bot/wording/en.toml: [nudge] lacks octopus",
        "policies/hr-default.toml: no rule is about OCTOPUS",
        "policies/hr-strict.toml: no rule is about OCTOPUS",
        "docs/policies.md: Entity types: `OCTOPUS` is missing",
        "docs/policies.md: Sentences: `octopus` is missing",
    }

    for language, words in (("en", ENGLISH), ("zh", CHINESE)):
        for section in words.split("\n\n"):
            head, said = section.split("\n", 1)
            book = tree / "bot" / "wording" / f"{language}.toml"
            book.write_text(book.read_text("utf-8").replace(f"{head}\n", f"{head}\n{said}\n", 1), "utf-8")
    for name in ("hr-default", "hr-strict"):
        put(tree / "policies" / f"{name}.toml", '\n[[rule]]\nid = "bulk"', f"\n{RULE}")
    put(tree / "docs" / "policies.md", "`PERSON` (a name;", "`OCTOPUS`, ")
    put(tree / "docs" / "policies.md", "| `phone`, `email`", "| `octopus` | such a number |\n")
    assert complaints(tree, *LIGHT, *HEAVY) == set()
