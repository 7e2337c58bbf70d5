# Sourced by ./shop: checks the shop's invariants, from its databases, its topics and the provider's ledger.

check() { # --record <file>, --within <seconds>
  local document
  apphost_pid > /dev/null || die "the shop is not running; ./shop run starts it."
  [ -f "$info" ] || die "the shop is not healthy at the moment; try again in a few seconds."
  # A copy: the document changes when processes are restarted; the connection strings stay the same.
  mkdir -p "$run"
  document=$(mktemp "$run/check.XXXXXX")
  # shellcheck disable=SC2064  # expanded now: the local variable does not exist when the shell ends
  trap "rm -f '$document'" EXIT
  cp "$info" "$document"

  program checker tools/Checker/Checker.csproj
  dotnet "$program" --info "$document" "$@"
}

# Both start a separate shop on free ports, and remove it afterwards.
chaos() { plan chaos "$@"; } # --orders, --seed, --rounds
soak() { plan soak "$@"; }   # --orders, --seed, --window

plan() { # chaos or soak, options
  prepare
  use_real_broker
  eng/postgres/install > /dev/null || die "PostgreSQL could not be installed; see above."
  build "the chaos program" tools/Chaos/Chaos.csproj
  exec dotnet artifacts/bin/Chaos/release/Shop.Chaos.dll "$@"
}

# Sets the path of a program of tools/ and builds it when it is out of date.
program() { # display name, project
  program=artifacts/bin/$(basename "$2" .csproj)/release/Shop.$(basename "$2" .csproj).dll
  if [ ! -f "$program" ] || [ -n "$(find "$(dirname "$2")" Directory.Build.props Directory.Packages.props -newer "$program" -print -quit)" ]; then
    prepare
    build "the $1" "$2"
    touch "$program"
  fi
}
