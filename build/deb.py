"""The package for Debian and its kin: `python -m build.deb` makes the bundle and the `.deb` in `dist/`.

It depends on the packages of the libraries that the bundle asks the system for, as they are found where it is built;
a library that nobody has is an error. Removing the package leaves the data of people alone: it lies in their folders.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from build import bundle, icon
from retaguarda.kernel.version import VERSION

TREE = bundle.SCRATCH / "deb"
HERE = Path(__file__).resolve().parent
MOST_BYTES = 80_000_000
SIZES = (48, 128, 256)

CONTROL = """\
Package: retaguarda
Version: {version}
Architecture: {architecture}
Maintainer: Retaguarda <retaguarda@retaguarda.invalid>
Installed-Size: {kilobytes}
Depends: {depends}
Recommends: cups
Section: misc
Priority: optional
Description: back office of a small business
 Orders and counter, stock, purchasing, invoices and payments, deliveries and
 the books in one desktop program, on one file or on PostgreSQL. It brings its
 own Python and Qt. What people enter stays in their folders when the package
 is removed.
"""


def output(*command: str) -> str:
    """What a command prints."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def asked(folder: Path) -> tuple[dict[str, str], tuple[int, ...]]:
    """The libraries that the folder asks the system for, each with a file that asks, and the newest C library named."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink() and _is_elf(path)]
    own = {path.name for path in folder.rglob("*")}
    names: dict[str, str] = {}
    newest: tuple[int, ...] = (0,)
    for path in files:
        told = output("objdump", "-p", str(path))
        names |= dict.fromkeys(re.findall(r"^\s+NEEDED\s+(\S+)$", told, re.MULTILINE), str(path.relative_to(folder)))
        for version in re.findall(r"\bGLIBC_([0-9.]+)", told):
            newest = max(newest, tuple(int(part) for part in version.split(".")))
    return {name: asker for name, asker in names.items() if name not in own}, newest


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def packages(names: dict[str, str]) -> set[str]:
    """The Debian packages that bring these libraries; raises Missing with every one that none brings."""
    known = dict(re.findall(r"^\s+(\S+) \([^)]*x86-64[^)]*\) => (\S+)$", output("/sbin/ldconfig", "-p"), re.MULTILINE))
    nobody = [f"{name}, asked for by {asker}" for name, asker in sorted(names.items()) if name not in known]
    if nobody:
        raise bundle.Missing("libraries that this system does not have:\n" + "\n".join(nobody))
    return {_owner(known[name]) for name in names}


def _owner(library: str) -> str:
    # Since / and /usr are one, dpkg may know a file by either of its names.
    real = str(Path(library).resolve())
    for path in (library, real, real.removeprefix("/usr"), "/usr" + library):
        found = subprocess.run(["dpkg", "-S", path], capture_output=True, text=True, check=False).stdout
        if found:
            return found.split(":")[0].strip()
    raise bundle.Missing(f"no package brings {library}")


def depends(folder: Path) -> str:
    """The line of dependencies."""
    names, newest = asked(folder)
    found = sorted(packages(names) - {"libc6"})
    return ", ".join([f"libc6 (>= {'.'.join(map(str, newest))})", *found])


def lay_out(folder: Path, tree: Path) -> None:
    """Puts everything where it will be installed, the description of the package beside it."""
    shutil.rmtree(tree, ignore_errors=True)
    share = tree / "usr" / "share"
    shutil.copytree(folder, tree / "usr" / "lib" / "retaguarda", symlinks=True)
    (tree / "usr" / "bin").mkdir()
    (tree / "usr" / "bin" / "retaguarda").symlink_to("../lib/retaguarda/retaguarda")
    _put(HERE / "retaguarda.desktop", share / "applications" / "retaguarda.desktop")
    hicolor = share / "icons" / "hicolor"
    _put(icon.SIGN, hicolor / "scalable" / "apps" / "retaguarda.svg")
    for size in SIZES:
        icon.draw(size, hicolor / f"{size}x{size}" / "apps" / "retaguarda.png")
    _put(folder / "LICENCES.txt", share / "doc" / "retaguarda" / "copyright")
    kilobytes = sum(path.lstat().st_size for path in tree.rglob("*") if not path.is_dir()) // 1024
    control = CONTROL.format(
        version=VERSION, architecture=output("dpkg", "--print-architecture").strip(), kilobytes=kilobytes,
        depends=depends(folder),
    )  # fmt: skip
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN" / "control").write_text(control, encoding="utf-8")


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def make() -> Path:
    """Makes the package from the bundle that stands in `dist/`."""
    lay_out(bundle.FOLDER, TREE)
    target = bundle.DIST / f"retaguarda_{VERSION}_{output('dpkg', '--print-architecture').strip()}.deb"
    # Whatever the builder's umask is, an installed file is read by everybody.
    subprocess.run(["chmod", "-R", "u=rwX,go=rX", str(TREE)], check=True)
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(TREE), str(target)], check=True)
    if target.stat().st_size > MOST_BYTES:
        raise bundle.Missing(f"{target.name} has {target.stat().st_size:,} bytes, more than {MOST_BYTES:,}")
    return target


if __name__ == "__main__":
    bundle.make()
    made = make()
    print(f"{made.relative_to(bundle.ROOT)}: {made.stat().st_size:,} bytes")
