# Sourced by bin/vertx and bin/toystore, which set `checkout` first: finds Java, builds on first use,
# and makes the class path and what every JVM of ours is told (docs/decisions/0025).

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
  # Its full version, from the file beside it where there is one: to ask the JVM costs a start.
  release=$(readlink -f "$java")
  release=${release%/bin/java}/release
  java_version=
  if [ -f "$release" ]; then
    java_version=$(sed -n 's/^JAVA_RUNTIME_VERSION="\(.*\)"$/\1/p' "$release")
  fi
  if [ -z "$java_version" ]; then
    java_version=$("$java" -XshowSettings:properties -version 2>&1 |
      sed -n 's/^ *java\.runtime\.version = //p')
  fi
  java_major=${java_version%%[!0-9]*}
  [ "${java_major:-0}" -ge 17 ] ||
    fail "JDK 17 or later is needed, but $java is version ${java_version:-unknown}: set JAVA_HOME"
}

# Paths are bytes, and the JVM reads them by the charset of the locale. In ASCII it cannot name a folder
# with an umlaut, so where the locale has nothing better a UTF-8 one takes its place.
choose_charset() {
  if is_ascii_only; then
    for candidate in C.UTF-8 en_US.UTF-8 $(locale -a 2>/dev/null | grep -i 'utf-\?8$' | head -n 1); do
      case $(LC_ALL=$candidate locale charmap 2>/dev/null) in
        UTF-8)
          export LC_ALL="$candidate"
          break
          ;;
      esac
    done
  fi
  refuse_unnameable "$checkout$PWD${TOYSTORE_DATA:-}${TOYSTORE_LIB:-}${TOYSTORE_TMP:-}$*"
}

is_ascii_only() {
  case $(locale charmap 2>/dev/null) in
    ANSI_X3.4-1968 | US-ASCII | 646 | '') true ;;
    *) false ;;
  esac
}

# The JVM would go on with question marks in the place of what it cannot read.
refuse_unnameable() {
  if (
    LC_ALL=C
    case $1 in
      *[!\ -~]*) exit 1 ;;
    esac
  ); then
    return 0
  fi
  if is_ascii_only; then
    fail "a path or an argument is not in ASCII, and no UTF-8 locale was found: install one, or set LC_ALL to one"
  fi
  if command -v iconv >/dev/null 2>&1; then
    charmap=$(locale charmap)
    printf %s "$1" | iconv -f "$charmap" -t UTF-8 >/dev/null 2>&1 ||
      fail "a path or an argument is not in $charmap, the charset of the locale: set LC_ALL to a locale whose it is"
  fi
}

built=$checkout/modules/distribution/target/built

# True when there is no build, or a source is newer. A folder counts too: it changes when a file is removed.
is_stale() {
  [ -f "$built" ] || return 0
  [ -n "$(find "$checkout/pom.xml" "$checkout"/modules/*/pom.xml "$checkout"/modules/*/*/pom.xml \
    "$checkout"/modules/*/*/*/pom.xml "$checkout"/modules/*/*/src/main "$checkout"/modules/*/*/*/src/main \
    -newer "$built" -print 2>/dev/null | head -n 1)" ]
}

build() {
  command -v mvn >/dev/null 2>&1 || fail "this checkout is not built yet, and no mvn found: install Maven 3.8 or later"
  case $checkout in
    *:*) fail "cannot build in $checkout: a colon in its path would end a word of every class path; build elsewhere, then move it" ;;
  esac
  echo "toystore: building (once; a minute or so) ..." >&2
  # A source saved while the build runs must count as newer than it.
  started=$checkout/modules/distribution/target/build-started
  : >"$started"
  (cd "$checkout" && mvn -q -B -Dstyle.color=never -DskipTests -Dspotless.check.skip=true -Dforbiddenapis.skip=true \
    -Dassembly.skipAssembly=true -pl modules/distribution -am package </dev/null >&2) ||
    fail "the build failed (see above); 'mvn -DskipTests package' in $checkout shows all of it"
  touch -r "$started" "$built"
}

build_if_stale() {
  if [ "${TOYSTORE_BUILD:-}" != never ] && [ -z "${TOYSTORE_LIB:-}" ] && ! is_release && is_stale; then
    mkdir -p "${built%/*}"
    # The second of two concurrent calls waits, and finds the work done.
    (
      if command -v flock >/dev/null 2>&1; then flock 9; fi
      if is_stale; then build 9>&-; fi
    ) 9>"${built%/*}/build.lock" || exit 1
  fi
}

# Of a release, or of a checkout that is built.
default_lib() {
  if is_release; then echo "$checkout/lib"; else echo "$checkout/modules/distribution/target/lib"; fi
}

# An unpacked release archive has the jars and no sources.
is_release() {
  [ ! -d "$checkout/modules" ]
}

# In a fixed order: the same classes are found first everywhere, and the archive of parsed classes fits.
make_class_path() {
  tools=none
  lib=${TOYSTORE_LIB:-$(default_lib)}
  case $lib in
    *:*)
      # A colon would end a word of the class path. The process keeps the folder open, under a name that has none;
      # it is the same process, and the same number, when it has become the JVM.
      [ -d "$lib" ] || fail "no folder $lib"
      exec 3<"$lib"
      lib=/proc/$$/fd/3
      ;;
  esac
  class_path=$(
    LC_ALL=C
    path=
    for jar in "$lib"/*.jar; do
      path=$path${path:+:}$jar
    done
    printf %s "$path"
  )
  [ "$class_path" != "$lib/*.jar" ] || fail "no jars in $lib$(is_release || echo ": run 'mvn -DskipTests package' in $checkout")"
}

# The commands need the jars of the services and some of their own. Those come last: where commands have no archive of
# parsed classes of their own, that of the services is good for every class path that begins with theirs.
add_tools() {
  tools=$lib/tools
  if [ ! -d "$tools" ]; then tools=$(default_lib)/tools; fi
  class_path=$(
    LC_ALL=C
    path=$class_path
    for jar in "$tools"/*.jar; do
      path=$path:$jar
    done
    printf %s "$path"
  )
}

# SQLite's native code. Before 24 no JVM warns of it, and before 22 not every one knows the option.
allow_native_access() {
  native_access=
  if [ "$java_major" -ge 22 ]; then native_access=--enable-native-access=ALL-UNNAMED; fi
}

# What the compilers needed at the start goes back to the machine, each minute: more often, and a compiler that is at work
# has to ask for it anew. A JVM that does not know the option ends, so only those are given it where it was tried: 17 from
# 17.0.15 on, and those that came with it.
trim_native_memory() {
  trim=
  case $java_version in
    17.0.1[5-9]* | 17.0.[2-9][0-9]*) trim=-XX:TrimNativeHeapInterval=60000 ;;
    *) if [ "$java_major" -ge 22 ]; then trim=-XX:TrimNativeHeapInterval=60000; fi ;;
  esac
}

# A release cannot bring the archive of parsed classes: it is good for one JVM only. So the first start of a store makes
# it, where the folder can be written. Without it all works, and starts more slowly.
make_archive_once() {
  archive=$lib/toystore-$java_version.jsa
  if is_release && [ -z "${TOYSTORE_LIB:-}" ] && [ ! -f "$archive" ] && [ -w "$lib" ] && [ -f "$lib/classes.lst" ]; then
    echo "toystore: preparing for this Java (once; some seconds) ..." >&2
    {
      cat "$lib/classes.lst" "$(dirname "$release")/lib/classlist" >"$archive.$$.lst" &&
        "$java" -Xshare:dump -XX:+UseSerialGC $native_access "-XX:SharedClassListFile=$archive.$$.lst" \
          "-XX:SharedArchiveFile=$archive.$$" -cp "$class_path" &&
        mv "$archive.$$" "$archive"
    } >"$archive.log" 2>&1 || echo "toystore: that failed, see $archive.log; services start more slowly without it" >&2
    rm -f "$archive.$$" "$archive.$$.lst"
  fi
}

# What we tell the JVM. Whatever the person tells it, by any of the ways that a JVM listens to, wins: then we are
# silent about the same thing, for a JVM given two collectors, or a heap larger than the largest, ends at once.
#   $1: the person's options beyond the environment that every JVM reads
#   $2: ours for the heap, $3: ours otherwise
make_options() {
  set -f # words, not patterns
  theirs="${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-} ${_JAVA_OPTIONS:-} $1"
  for word in $theirs; do
    case $word in
      @* | -XX:VMOptionsFile=*)
        file=${word#@}
        theirs="$theirs $(cat "${file#-XX:VMOptionsFile=}" 2>/dev/null || true)"
        ;;
    esac
  done
  ours=$3
  case $theirs in
    *UseSerialGC* | *UseParallelGC* | *UseG1GC* | *UseZGC* | *UseShenandoahGC* | *UseEpsilonGC*) ;;
    *) ours="$ours -XX:+UseSerialGC" ;;
  esac
  case $theirs in
    *-Xm[xns]* | *HeapSize=* | *RAMPercentage=* | *RAMFraction=* | *MaxRAM=* | *NewSize=* | *NewRatio=*) ;;
    *) ours="$ours $2" ;;
  esac
  ours="$ours -XX:-UsePerfData -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8"
  ours="$ours $native_access"
  options=
  for option in $ours; do
    name=${option#-XX:}
    name=${name#[-+]}
    case $theirs in
      *"${name%%=*}"*) ;;
      *) options="$options $option" ;;
    esac
  done
  # Classes that the build has parsed for this very JVM, else the JVM's own.
  sharing=-XX:SharedArchiveFile=$lib/toystore-$java_version.jsa
  if [ -f "$tools/toystore-$java_version.jsa" ]; then
    sharing=-XX:SharedArchiveFile=$tools/toystore-$java_version.jsa
  fi
  case $theirs in
    *-Xshare:* | *SharedArchiveFile* | *ArchiveClassesAtExit* | *AutoCreateSharedArchive* | *AOTCache* | *AOTMode*) sharing= ;;
    *) [ -f "${sharing#*=}" ] || sharing= ;;
  esac
  # At the place for which the classes were parsed, so that all processes share these pages. By default a JVM moves
  # them to a place of chance, and each process then has its own copy.
  case "${sharing:-none} $theirs" in
    none* | *ArchiveRelocationMode*) ;;
    *) options="$options -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0" ;;
  esac
}
