# Sourced by ./shop: installs packages and servers and builds programs that are missing or out of date.

# Inputs of a build. Folders are included: their modification time changes when a file is added or removed.
sources="AppHost Libraries Protos ServiceDefaults Services Web tools/Checker tools/DatabaseSetup tools/MockBroker Directory.Build.props Directory.Build.targets Directory.Packages.props nuget.config global.json eng/feed .editorconfig BannedSymbols.txt"

prepare() {
  check_tools
  if [ -f "$run/built" ]; then check_disk 500; else check_disk 4000; fi
  eng/standins/pack || die "the stand-in packages could not be packed; see above."
}

# PostgreSQL's programs are downloaded during the build.
install_servers() {
  case ${Shop__Infrastructure:-} in
    Containers | External) ;;
    Embedded) eng/postgres/install > /dev/null ;;
    *) docker version > /dev/null 2>&1 || podman version > /dev/null 2>&1 || eng/postgres/install > /dev/null ;;
  esac
}

build_apphost() {
  install_servers &
  local servers=$!

  # shellcheck disable=SC2086
  if [ ! -f "$apphost" ] || [ ! -f "$run/built" ] || [ -n "$(find $sources -newer "$run/built" -print -quit 2> /dev/null)" ]; then
    mkdir -p "$run"
    touch "$run/building"
    build "the shop" AppHost/Shop.AppHost.csproj
    mv "$run/building" "$run/built"
  fi
  wait "$servers" || die "PostgreSQL could not be installed; see above."
}

build() { # what, project or solution
  local log=$run/build.log code=0
  mkdir -p "$run"
  say "building $1 (the log is in ${log#"$shop"/})…"
  # No build nodes and no compiler server may keep running afterwards.
  dotnet build "$2" --configuration $configuration --nologo --verbosity minimal -consoleLoggerParameters:NoSummary -nodeReuse:false -p:UseSharedCompilation=false 2>&1 \
    | tee "$log" | sed -u -n -e 's/^ *\([^ ]*\) -> .*/  \1/p' -e '/: error /p' || code=$?
  [ $code = 0 ] || explain_failure "$log"
}

explain_failure() { # log
  if grep -q 'No space left on device' "$1"; then
    die "the disk is full."
  elif grep -q 'error NU1301\|error NU1302' "$1"; then
    die "a package could not be downloaded; is the package source reachable? The log is $1."
  fi
  die "the build failed; the log is $1."
}
