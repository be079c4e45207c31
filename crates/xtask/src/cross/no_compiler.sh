#!/bin/sh
# Stands where Microsoft's C compiler and archiver would: makes the files it is asked for, empty. Enough for a look at
# types, which links nothing.
before=
for argument in "$@"; do
    [ "$before" = -o ] && : > "$argument"
    case "$argument" in
    -Fo* | /Fo*) : > "${argument#???}" ;;
    -out:* | /out:* | -OUT:* | /OUT:*) : > "${argument#*:}" ;;
    esac
    before=$argument
done
