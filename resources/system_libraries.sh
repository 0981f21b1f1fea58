#!/bin/sh
# The libraries of the system that Qt loads, on Debian and Ubuntu. Installs them where it may, names them where it may
# not, and leaves every other system alone.
command -v dpkg-query >/dev/null 2>&1 || exit 0
missing=""
for package in libegl1 libgl1 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1 libxcb-cursor0 libxcb-icccm4 \
    libxcb-image0 libxcb-keysyms1 libxcb-render-util0; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "install ok installed" || missing="$missing $package"
done
# The name of this one depends on the age of the system.
dpkg-query -W -f='${Status}' 'libglib2.0-0*' 2>/dev/null | grep -q "install ok installed" || missing="$missing libglib2.0-0"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ]; then
    # shellcheck disable=SC2086 -- a list of packages
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing && exit 0
fi
echo "Qt needs system libraries that are missing; install them with: sudo apt-get install$missing" >&2
