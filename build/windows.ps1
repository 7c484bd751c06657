# Makes the installer for Windows, on Windows: build\windows.ps1, in PowerShell, at the top of a clone.
# It needs Python 3.12 or newer (py) and NSIS 3 (makensis), and leaves dist\retaguarda-<version>-setup.exe.
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..")

function Invoke-Step {
    # A program that failed stops the script; PowerShell by itself would go on.
    param([string]$Program, [string[]]$Arguments)
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) { throw "$Program $($Arguments -join ' ') ended with $LASTEXITCODE" }
}

if (-not (Test-Path ".venv\Scripts\python.exe")) { Invoke-Step "py" @("-3", "-m", "venv", ".venv") }
$python = ".venv\Scripts\python.exe"
Invoke-Step $python @("-c", "import sys; sys.exit(sys.version_info < (3, 12))")
Invoke-Step $python @("-m", "pip", "install", "--quiet", "--require-hashes", "-r", "requirements-dev.lock")
Invoke-Step $python @("-m", "pip", "install", "--quiet", "--no-build-isolation", "--no-deps", "--editable", ".")

Invoke-Step $python @("-m", "build.bundle")

# The bundle proves itself before it is packed: the sample company, its proofs, the window until Home is painted.
$trial = Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName())
New-Item -ItemType Directory $trial | Out-Null
$db = "sqlite:///" + (Join-Path $trial "sample.db").Replace("\", "/")
$cli = "dist\bundle\retaguarda\retaguarda-cli.exe"
Invoke-Step $cli @("sample", "--db", $db)
Invoke-Step $cli @("check", "--db", $db)
Invoke-Step $cli @("run", "--db", $db, "--as", "ana", "--exit-after-paint")
Remove-Item -Recurse -Force $trial

$version = & $python -c "from retaguarda.kernel.version import VERSION; print(VERSION)"
$makensis = Get-Command makensis -ErrorAction SilentlyContinue
$makensis = if ($makensis) { $makensis.Source } else { Join-Path ${env:ProgramFiles(x86)} "NSIS\makensis.exe" }
Invoke-Step $makensis @(
    "-V2", "-WX", "-DVERSION=$version", "-DBUNDLE=$PWD\dist\bundle\retaguarda",
    "-DICON=$PWD\dist\scratch\retaguarda.ico", "-DOUT=$PWD\dist\retaguarda-$version-setup.exe", "build\retaguarda.nsi"
)
Get-Item "dist\retaguarda-$version-setup.exe" | Select-Object Name, Length
