"""The source files the house rules look at, read and parsed once."""

import ast
import functools
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Source:
    """One Python file: its path from the repository root and what stands in it."""

    path: str
    text: str

    @functools.cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @functools.cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Everything that stands in the tree."""
        return tuple(ast.walk(self.tree))

    def at(self, node: ast.AST) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 1)}"


@functools.cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Every Python file under the folders, which must hold some: a rule that saw nothing has proved nothing."""
    found = tuple(_source(path) for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    assert found, f"no Python file under {folders}"
    return found


@functools.cache
def _source(path: Path) -> Source:
    """A file, whichever folders were asked for."""
    return Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


def existing(*folders: str) -> tuple[str, ...]:
    """Those of the folders that are there."""
    return tuple(folder for folder in folders if (ROOT / folder).is_dir())
