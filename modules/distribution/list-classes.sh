#!/bin/sh
# Names what services load when they run, for the archive of parsed classes (docs/decisions/0045): starts a store, buys
# from it, and stops it. Fails where no store can run; then the list stays as it was.
#   $1: the folder of the jars
#   $2: a folder to work in, below the checkout
#   $3: the list; it has the names of all classes of the jars
set -eu
lib=$1
work=$2
list=$3
checkout=$(CDPATH='' cd "$(dirname "$0")/../.." && pwd -P)
toystore=$checkout/bin/toystore

# Kept until there are other libraries. A name that the code has no longer does no harm.
names=$work.lst
if [ ! -f "$names" ] || [ -n "$(find "$checkout/pom.xml" "$0" -newer "$names")" ]; then
  rm -rf "$work"
  mkdir -p "$work"
  export TOYSTORE_BUILD=never TOYSTORE_LIB="$lib"
  trap '"$toystore" down --data "$work/store" >/dev/null' EXIT
  trap 'exit 130' INT TERM
  # Options are words, and a path may have a space: so this one begins at the checkout, where services work.
  # A store so young has no use for the second compiler.
  TOYSTORE_JAVA_OPTS="-XX:DumpLoadedClassList=${work#"$checkout"/}/%p.lst -XX:TieredStopAtLevel=1" \
    "$toystore" up --free-ports --data "$work/store" --timeout 120 --stop-late >"$work/url"
  "$toystore" client --url "$(sed -n 's/^ *\(http:.*\)$/\1/p' "$work/url")" -c 5 -n 20 -p 0.5 >/dev/null
  "$toystore" down --data "$work/store"
  trap - EXIT
  cat "$work"/*.lst >"$names"
  rm -rf "$work"
fi

# And all classes of the store, for it has more engines than one. What begins with @ is about classes that are made as
# they are needed; it comes after the names.
{
  { grep -v '^[@#]' "$names" && grep '^toystore/' "$list"; } | LC_ALL=C sort -u
  grep '^@' "$names" | LC_ALL=C sort -u
} >"$list.half"
mv "$list.half" "$list"
