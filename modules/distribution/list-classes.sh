#!/bin/sh
# Names what services load when they run, and what commands load, for the archives of parsed classes
# (docs/decisions/0045, 0050): starts a store, buys from it, and stops it. Fails where no store can run; then the list of
# the services stays as it was, and there is none of the commands.
#   $1: the folder of the jars
#   $2: a folder to work in, below the checkout
#   $3: the list of the services; it has the names of all classes of the jars
#   $4: the list of the commands
set -eu
lib=$1
work=$2
list=$3
commands=$4
checkout=$(CDPATH='' cd "$(dirname "$0")/../.." && pwd -P)
toystore=$checkout/bin/toystore

# Kept until there are other libraries. A name that the code has no longer does no harm.
names=$work.lst
if [ ! -f "$names" ] || [ ! -f "$commands" ] || [ -n "$(find "$checkout/pom.xml" "$0" -newer "$names")" ]; then
  rm -rf "$work" "$commands"
  mkdir -p "$work/services" "$work/commands"
  export TOYSTORE_BUILD=never TOYSTORE_LIB="$lib"
  trap '"$toystore" down --data "$work/store" >/dev/null' EXIT
  trap 'exit 130' INT TERM
  # Options are words, and a path may have a space: so these begin at the checkout, where all of them work.
  # A store so young has no use for the second compiler.
  cd "$checkout"
  below=${work#"$checkout"/}
  export JAVA_TOOL_OPTIONS="-XX:DumpLoadedClassList=$below/commands/%p.lst"
  TOYSTORE_JAVA_OPTS="-XX:DumpLoadedClassList=$below/services/%p.lst -XX:TieredStopAtLevel=1" \
    "$toystore" up --free-ports --data "$work/store" --timeout 120 --stop-late >"$work/url"
  "$toystore" client --url "$(sed -n 's/^ *\(http:.*\)$/\1/p' "$work/url")" -c 5 -n 20 -p 0.5 >/dev/null
  "$toystore" status --data "$work/store" >/dev/null
  "$toystore" down --data "$work/store"
  unset JAVA_TOOL_OPTIONS
  trap - EXIT
  cat "$work"/services/*.lst >"$names"
  cat "$work"/commands/*.lst >"$commands.half"
  rm -rf "$work"
  mv "$commands.half" "$commands"
fi

# What begins with @ is about classes that are made as they are needed; it comes after the names.
each_once() {
  {
    grep -v '^[@#]' "$1" | LC_ALL=C sort -u
    grep '^@' "$1" | LC_ALL=C sort -u
  } >"$2.half"
  mv "$2.half" "$2"
}

each_once "$commands" "$commands"
# And all classes of the store, for it has more engines than one.
{ cat "$names" && grep '^toystore/' "$list"; } >"$list.all"
each_once "$list.all" "$list"
rm "$list.all"
