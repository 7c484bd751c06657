"""What no committed file names: folders of one machine, package registries, the tools that wrote it. And file names
that say nothing."""

import re
import subprocess
from collections.abc import Iterator

from tests.house.tree import ROOT

# Spelled so that this file does not name them itself.
NAMES = {
    "a folder of one machine": re.compile(r"(?<![\w.])/(?:work|root|home/\w+)/", re.IGNORECASE),
    "a package registry": re.compile(r"\b(?:pypi|pythonhosted|npmjs|crates)\.(?:org|com|io)\b", re.IGNORECASE),
    "a Debian mirror": re.compile(r"\bdeb(?:ian)?\.debian\.(?:org|net)\b|\bftp\.\w+\.debian\b", re.IGNORECASE),
    "the workplace": re.compile(r"\.\blibrary/|shared/(?:design|brief)", re.IGNORECASE),
    "a writing tool": re.compile(r"\b(?:[c]laude|[a]nthropic|[c]hatgpt|[c]opilot)\b", re.IGNORECASE),
}
BINARY = {".png", ".ttf", ".otf", ".ico", ".pdf", ".qm", ".db", ".woff2", ".gz", ".zip"}
# A name that fits everything says nothing; the folder tests/helpers is the one place so called.
EMPTY_WORDS = re.compile(r"(?:^|_)(?:helpers?|utils?|utilities|misc|common|managers?)(?:_|\.py$)")


def committed() -> list[str]:
    """Every file that is or would be committed, by its path from the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    found = sorted({name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()})
    assert "pyproject.toml" in found
    return found


def named(path: str, text: str) -> Iterator[str]:
    """What the text names that it must not, line by line."""
    for number, line in enumerate(text.splitlines(), 1):
        for what, pattern in NAMES.items():
            if pattern.search(line):
                yield f"{path}:{number}: names {what}"


def says_nothing(path: str) -> bool:
    """Whether the file is called after no thing at all."""
    return path.endswith(".py") and EMPTY_WORDS.search(path.rsplit("/", 1)[-1]) is not None


def test_no_committed_file_names_a_machine_a_registry_or_a_tool() -> None:
    texts = [path for path in committed() if not path.endswith(tuple(BINARY))]
    faults = [fault for path in texts for fault in named(path, (ROOT / path).read_text(encoding="utf-8"))]
    assert faults == []


def test_no_file_name_says_nothing() -> None:
    assert [path for path in committed() if says_nothing(path)] == []


def test_what_is_planted_is_caught() -> None:
    planted = [
        "data = '/" + "work/main/x'",
        "cd /" + "home/someone/src",
        "index = https://" + "py" + "pi.org/simple",
        "resolved https://registry." + "npm" + "js.org/x.tgz",
        "written with " + "Clau" + "de",
        "see ../" + "shared/" + "design/HOUSE.md",
    ]
    assert [len(list(named("planted", line))) for line in planted] == [1] * len(planted)
    assert [name for name in ("a/helpers.py", "a/date_utils.py", "a/order_manager.py") if not says_nothing(name)] == []


def test_plain_text_passes() -> None:
    fine = "framework/ and homework/ and ../shared/data/olist; the home page; ~/.pyenv/versions"
    assert list(named("fine", fine)) == []
    assert not says_nothing("tests/helpers/postgres.py")
    assert not says_nothing("src/retaguarda/modules/sales/commands.py")
