#!/usr/bin/env bash
# Proves the package where nothing is prepared: a minimal Debian without Python, made by debootstrap (root is needed).
# Installed there it makes the sample company, takes an order to an invoice on paper, shows its window and the print
# preview on a virtual screen, and works on PostgreSQL; removed, what was entered stays. Pictures and paper: dist/try/.
#   build/try_deb.sh [the .deb; the one in dist/ when none is named]
set -euo pipefail
cd "$(dirname "$0")/.."

deb=${1:-$(ls -t dist/retaguarda_*.deb | head -1)}
out=dist/try
base=${TRY_BASE:-/var/tmp/retaguarda-try}
screen=:97
xvfb=
window=

say() { printf '\n== %s\n' "$*"; }
fail() { echo "try: $*" >&2; exit 1; }

clean_up() {
    [ -z "$window" ] || kill "$window" 2>/dev/null || true
    [ -z "$xvfb" ] || kill "$xvfb" 2>/dev/null || true
    umount "$base/proc" 2>/dev/null || true
}
trap clean_up EXIT

system=(chroot "$base" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive)
person=("${system[@]}" setpriv --reuid=shop --regid=shop --clear-groups env HOME=/srv/shop USER=shop)
inside() { "${system[@]}" HOME=/root "$@" </dev/null; }
shop() { "${person[@]}" QT_QPA_PLATFORM=offscreen "$@" </dev/null; }
retaguarda() { shop retaguarda "$@"; }
value() { tee "$out/last.json" | .venv/bin/python -c "import json, sys; print(json.load(sys.stdin)$1)" ||
    { cat "$out/last.json" >&2; exit 1; }; }
no_python() { ! inside sh -c 'ls /usr/bin/python3* /usr/bin/python /usr/local/bin/python* 2>/dev/null'; }

[ "$(id -u)" = 0 ] || fail "only root can make a system of its own"
for tool in debootstrap Xvfb xwd xdotool convert; do
    command -v "$tool" >/dev/null || fail "$tool is missing (Debian: debootstrap xvfb x11-apps xdotool imagemagick)"
done
mkdir -p "$out"

say "a minimal system"
if [ ! -x "$base/bin/sh" ]; then
    debootstrap --variant=minbase "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$base" >"$out/debootstrap.log"
    # It reaches the archive as this system does.
    rm "$base/etc/apt/sources.list"
    cp -r /etc/apt/apt.conf.d /etc/apt/sources.list* "$base/etc/apt/"
    cp /etc/resolv.conf "$base/etc/"
fi
mountpoint -q "$base/proc" || mount -t proc proc "$base/proc"
inside id shop >/dev/null 2>&1 || inside useradd --create-home --home-dir /srv/shop shop
# What an earlier try left behind.
inside dpkg --purge retaguarda >/dev/null 2>&1 || true
inside rm -rf /srv/shop/.local
no_python || fail "there is a Python in it"
echo "$(inside cat /etc/debian_version), $(inside dpkg -l | grep -c ^ii) packages, no Python"

say "installed"
cp "$deb" "$base/srv/retaguarda.deb"
inside apt-get update -qq
inside apt-get install -qq -y --no-install-recommends /srv/retaguarda.deb >"$out/install.log" 2>&1 ||
    { tail "$out/install.log"; fail "it cannot be installed"; }
no_python || fail "it brought a Python"
inside sh -c 'cd /usr/lib/retaguarda && find . -name "*.so*" -exec ldd {} + 2>/dev/null' | grep 'not found' | sort -u &&
    fail "libraries are missing"
retaguarda --version
inside dpkg -l | grep -c ^ii | sed 's/$/ packages now/'

say "the sample company, and an order until its invoice is on paper"
retaguarda sample
db=sqlite:////srv/shop/.local/share/retaguarda/retaguarda-sample.db
door() { local verb=$1; shift; retaguarda "$verb" "$@" --db "$db" --as ana --json; }
customer=$(door show party.customers --limit 1 | value '["rows"][0]["id"]')
product=$(door show inventory.stock --sort=-free --limit 1 | value '["rows"][0]["product_id"]')
order=$(door do sales.create_quotation \
    "{\"customer_id\": \"$customer\", \"lines\": [{\"product_id\": \"$product\", \"quantity\": \"1\"}]}" |
    value '["value"]["id"]')
door do sales.confirm_order "{\"order_id\": \"$order\"}" >/dev/null
invoice=$(door do sales.invoice_order "{\"order_id\": \"$order\"}" | value '["value"]["invoice_id"]')
door print billing.invoice "{\"invoice_id\": \"$invoice\"}" --out /srv/shop/invoice.pdf
cp "$base/srv/shop/invoice.pdf" "$out/"
.venv/bin/python - "$out/invoice.pdf" <<'PYTHON'
import sys

from pypdf import PdfReader

pages = PdfReader(sys.argv[1]).pages
print(len(pages), "page:", " ".join(pages[0].extract_text().split())[:150], "…")
PYTHON
retaguarda check --db "$db"

say "the window"
retaguarda run --db "$db" --as ana --exit-after-paint 2>/dev/null
echo "offscreen: painted and left"
# The screen is this system's; the program reaches it by its abstract socket.
Xvfb "$screen" -screen 0 1366x768x24 -nolisten tcp >/dev/null 2>&1 &
xvfb=$!
sleep 2
picture() {
    kill -0 "$window" || { cat "$out/window.log"; fail "the window went away"; }
    xwd -silent -root -display "$screen" | convert xwd:- "$out/$1.png"
    local colours
    colours=$(identify -format '%k' "$out/$1.png")
    [ "$colours" -gt 200 ] || fail "$1.png has $colours colours: nothing was painted"
    echo "$out/$1.png: $colours colours"
}
opened() {
    # Not by a function: what is ended below has to be the program itself.
    "${person[@]}" QT_QPA_PLATFORM=xcb DISPLAY="$screen" retaguarda run --db "$db" "$@" >"$out/window.log" 2>&1 &
    window=$!
    sleep "${SECONDS_TO_PAINT:-12}"
}
closed() {
    kill "$window"
    wait "$window" || true
    window=
}
# There is no window manager on that screen to give the window the keyboard.
focus() { DISPLAY=$screen xdotool search --name Retaguarda | tail -1 | DISPLAY=$screen xargs xdotool windowfocus; }
press() { local key; for key in "$@"; do DISPLAY=$screen xdotool key --clearmodifiers "$key"; sleep 2; done; }
goes_to() { press ctrl+k; DISPLAY=$screen xdotool type --delay 60 "$1"; press Return; }

opened
picture log-in
closed
opened --as ana
picture home
focus
goes_to faturas
press Down Return ctrl+p
picture preview
press Escape
goes_to "sobre o reta"
picture about
closed

say "the same on PostgreSQL"
coproc server { exec .venv/bin/python -m tests.helpers.postgres --fast; }
read -r url <&"${server[0]}"
# Its socket lies outside of the minimal system, which sees it where it is.
sockets=$(sed -n 's/.*[?&]host=//p' <<<"$url")
mkdir -p "$base$sockets"
mount --bind "$sockets" "$base$sockets"
trap 'umount "$base$sockets" 2>/dev/null || true; clean_up' EXIT
inside env QT_QPA_PLATFORM=offscreen retaguarda sample --db "$url" >/dev/null
inside env QT_QPA_PLATFORM=offscreen retaguarda show sales.orders --db "$url" --as ana --limit 1 | cut -c 1-100
inside env QT_QPA_PLATFORM=offscreen retaguarda check --db "$url"
umount "$base$sockets"
eval "exec ${server[1]}>&-"
wait "$server_PID" || true

say "removed"
before=$(shop sh -c 'cd && find . -type f -path "*retaguarda*" | sort')
sum=$(shop sha256sum "${db#sqlite:///}")
inside apt-get purge -qq -y retaguarda >"$out/remove.log" 2>&1
inside sh -c '! ls -d /usr/bin/retaguarda /usr/lib/retaguarda /usr/share/*/retaguarda* 2>/dev/null' ||
    fail "it left files behind"
[ "$before" = "$(shop sh -c 'cd && find . -type f -path "*retaguarda*" | sort')" ] || fail "files of the person went"
[ "$sum" = "$(shop sha256sum "${db#sqlite:///}")" ] || fail "the company changed"
echo "$before" | sed 's/^/still there: /'
