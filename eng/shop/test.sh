# Sourced by ./shop: runs every test project, one after the other, and prints a summary line.

test_all() { # words
  prepare
  eng/postgres/install > /dev/null || die "PostgreSQL could not be installed; see above."
  SHOP_BROWSER=$(eng/browser/install) || die "the browser of Tests/Browser is missing; see above."
  export SHOP_BROWSER
  build "everything" Shop.Aspire.sln
  use_real_broker

  local filter=() word project
  for word in "$@"; do filter+=(-method "*$word*"); done

  passed=0 failed=0 skipped=0 broken=() logs=()
  for project in $(test_projects); do
    run_tests "$project" ${filter[@]+"${filter[@]}"}
  done
  if [ $# = 0 ]; then
    # Again with the mock broker, which is used on machines without Java.
    Shop__Broker=Mock run_tests Tests/System/System.Tests.csproj -class "*MainJobTests*"
  fi

  echo
  failures || true
  for project in ${broken[@]+"${broken[@]}"}; do
    echo "aborted: $project"
    crash_of "${project%% *}"
  done
  echo "$passed passed, $failed failed$([ $skipped = 0 ] || echo ", $skipped skipped")"
  [ $failed = 0 ] && [ $passed != 0 ]
}

# A real broker covers more than the mock: restarts, durable data, rebalancing.
use_real_broker() {
  if [ -z "${KAFKA_HOME:-}" ] && [ -d ../shared/kafka ]; then
    KAFKA_HOME=$(cd ../shared/kafka && pwd)
    export KAFKA_HOME
  fi
}

# Fast projects first.
test_projects() {
  find Tests -name '*.Tests.csproj' | sed 's/^/1 /; s/^1 \(Tests\/System\/\)/3 \1/; s/^1 \(Tests\/\(Messaging\|Browser\)\/\)/2 \1/' | sort | cut -d ' ' -f 2
}

run_tests() { # project, arguments
  local project=$1 name program log counts code=0
  shift
  name=$(basename "$project" .csproj)
  program=artifacts/bin/$name/release/Shop.${name#Shop.}.dll
  log=$run/tests-$name-$((${#logs[@]} + 1)).log
  logs+=("$log")
  echo
  echo "== $name"
  # A process that crashes in native code leaves the stacks of its threads.
  DOTNET_DbgEnableMiniDump=1 DOTNET_EnableCrashReportOnly=1 DOTNET_DbgMiniDumpName="$run/crash-$name.%p" \
    timeout --foreground 2400 dotnet "$program" -noColor "$@" 2>&1 | tee "$log" || code=$?

  counts=$(sed -n 's/.*Total: *\([0-9]*\), Errors: *\([0-9]*\), Failed: *\([0-9]*\), Skipped: *\([0-9]*\).*/\1 \2 \3 \4/p' "$log" | tail -n 1)
  if [ -z "$counts" ]; then
    failed=$((failed + 1))
    broken+=("$name (exit code $code)")
    return
  fi
  read -r all errors bad left <<< "$counts"
  passed=$((passed + all - bad - left))
  failed=$((failed + bad + errors))
  skipped=$((skipped + left))
}

# The stack of the thread that crashed: modules and functions.
crash_of() { # project
  local report
  for report in "$run/crash-$1".*.crashreport.json; do
    [ ! -f "$report" ] || awk '/"crashed"/ { p = /true/ } p && /"(native_module|unmanaged_name|method_name)"/ { print }' "$report" | head -n 60
  done
}

# Repeats the failures at the end, because the logs in between are long.
failures() {
  local log
  for log in "${logs[@]}"; do
    awk '
      / \[FAIL\]$/ { print "failed: " $0; left = 12; next }
      left > 0 { if ($0 ~ /^      /) { print; left-- } else left = 0 }
    ' "$log" | sed 's/  */ /g'
  done
}
