#!/bin/bash
# An upgrade runs this too: dpkg says `upgrade`, rpm how many versions are left.
case ${1:-0} in
  upgrade | [1-9]*) exit 0 ;;
esac
profile='/etc/apparmor.d/${executable}'
if [ -f "$profile" ]; then
  if hash apparmor_parser 2>/dev/null; then apparmor_parser --remove "$profile" 2>/dev/null || true; fi
  rm -f "$profile"
fi
if hash update-mime-database 2>/dev/null; then update-mime-database /usr/share/mime || true; fi
if hash update-desktop-database 2>/dev/null; then update-desktop-database /usr/share/applications || true; fi
