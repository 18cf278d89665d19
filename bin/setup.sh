# Sourced by bin/vertx and bin/toystore, which set `checkout` first: finds Java, builds on first use
# and makes the class path.

fail() {
  echo "toystore: $*" >&2
  exit 1
}

find_java() {
  if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
    java=$JAVA_HOME/bin/java
  else
    java=$(command -v java) || fail "no java found: install a JDK, 17 or later, or set JAVA_HOME"
  fi
}

built=$checkout/modules/distribution/target/built

# True when there is no build, or a source is newer. A folder counts too: it changes when a file is removed.
is_stale() {
  [ -f "$built" ] || return 0
  [ -n "$(find "$checkout/pom.xml" "$checkout"/modules/*/pom.xml "$checkout"/modules/*/src/main \
    -newer "$built" -print 2>/dev/null | head -n 1)" ]
}

build() {
  command -v mvn >/dev/null 2>&1 || fail "this checkout is not built yet, and no mvn found: install Maven 3.8 or later"
  version=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
  [ "${version:-0}" -ge 17 ] || fail "JDK 17 or later is needed, but $java is version ${version:-unknown}: set JAVA_HOME"
  echo "toystore: building (once; a minute or so) ..." >&2
  # A source saved while the build runs must count as newer than it.
  started=$checkout/modules/distribution/target/build-started
  : >"$started"
  (cd "$checkout" && mvn -q -B -Dstyle.color=never -DskipTests -Dspotless.check.skip=true -Dforbiddenapis.skip=true -pl modules/distribution -am package </dev/null >&2) ||
    fail "the build failed (see above); 'mvn -DskipTests package' in $checkout shows all of it"
  touch -r "$started" "$built"
}

build_if_stale() {
  if [ "${TOYSTORE_BUILD:-}" != never ] && [ -z "${TOYSTORE_LIB:-}" ] && is_stale; then
    mkdir -p "${built%/*}"
    # The second of two concurrent calls waits, and finds the work done.
    (
      if command -v flock >/dev/null 2>&1; then flock 9; fi
      if is_stale; then build 9>&-; fi
    ) 9>"${built%/*}/build.lock" || exit 1
  fi
}

# In a fixed order: the same classes are found first everywhere, and the archive of parsed classes fits.
make_class_path() {
  lib=${TOYSTORE_LIB:-$checkout/modules/distribution/target/lib}
  class_path=$(
    LC_ALL=C
    path=
    for jar in "$lib"/*.jar; do
      path=$path${path:+:}$jar
    done
    printf %s "$path"
  )
  [ "$class_path" != "$lib/*.jar" ] || fail "no jars in $lib: run 'mvn -DskipTests package' in $checkout"
  # Parsed classes of these very jars, else the JDK's own. Another JDK goes without.
  sharing=-Xshare:auto
  if [ -f "$lib/toystore.jsa" ]; then sharing=-XX:SharedArchiveFile=$lib/toystore.jsa; fi
}
