# Sourced by ./shop: whether the shop keeps its promises, seen from its databases, topics and the provider's ledger.

check() { # --record <file>, --within <seconds>
  local document
  apphost_pid > /dev/null || die "the shop is not running; ./shop run starts it."
  [ -f "$info" ] || die "the shop is not healthy at the moment; ask again in a few seconds."
  # Processes may come and go meanwhile; where the books are stays.
  mkdir -p "$run"
  document=$(mktemp "$run/check.XXXXXX")
  # shellcheck disable=SC2064  # its name now: the variable is gone when the shell ends
  trap "rm -f '$document'" EXIT
  cp "$info" "$document"

  program checker tools/Checker/Checker.csproj
  dotnet "$program" --info "$document" "$@"
}

# A shop of its own beside any other, on free ports; it is gone afterwards.
chaos() { # --orders, --seed, --rounds
  prepare
  use_real_broker
  eng/postgres/install > /dev/null || die "PostgreSQL could not be installed; see above."
  build "the chaos" tools/Chaos/Chaos.csproj
  exec dotnet artifacts/bin/Chaos/release/Shop.Chaos.dll "$@"
}

# The path of a program beside the shop, built when something has changed since.
program() { # name for people, project
  program=artifacts/bin/$(basename "$2" .csproj)/release/Shop.$(basename "$2" .csproj).dll
  if [ ! -f "$program" ] || [ -n "$(find "$(dirname "$2")" Directory.Build.props Directory.Packages.props -newer "$program" -print -quit)" ]; then
    prepare
    build "the $1" "$2"
    touch "$program"
  fi
}
