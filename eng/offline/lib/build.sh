# kit build: runs the steps whose inputs have changed, one line each, and publishes their packages in the feed.
source "$here/lib/steps.sh"

build() {
  local all started=$SECONDS
  all=$(hash_of kit lib tools standins)
  [ -d "$kit/aspire" ] || rm -f "$kit/feed/.built-from" "$kit/steps/aspire"
  if [ "$(cat "$kit/feed/.built-from" 2> /dev/null)" = "$all" ]; then
    echo "kit: up to date"
    return
  fi

  lock
  need_tools
  rm -rf "$kit/tmp"
  mkdir -p "$kit"/{feed,packages,packed,steps,log,tmp,nuget/NuGet/Config}
  need_space
  write_config

  local sdk
  sdk=$(sdk_folder)
  step aspire    "DCP and dashboard $aspire_version from npm"     "$aspire_version $aspire_sha512"                    get_aspire
  step official  "official assemblies, repacked"                  "$aspire_sha512 $sdk $(hash_of tools)"              repack "$sdk"
  step librdkafka "librdkafka $librdkafka_version, compiled"      "$kafka_javascript_sha512 $(declare -f compile_librdkafka | sha256sum) $(hash_of tools/pack-librdkafka.mjs tools/nupkg.mjs)" compile_librdkafka
  publish
  step standins  "stand-ins, compiled"                            "$(hash_of standins) $(hash_of tools)"              pack_standins
  publish --prune

  echo "$all" > "$kit/feed/.built-from"
  rm -rf "$kit/tmp"
  echo "kit: ready after $((SECONDS - started)) s"
}

# One hash over the contents and names of files below eng/offline.
hash_of() {
  (cd "$here" && find "$@" -type f ! -name '*.md' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum) | sha256sum | cut -d ' ' -f 1
}

# step NAME TEXT INPUTS COMMAND…: runs the command unless it has run with the same inputs; its output goes to a log.
step() {
  local name=$1 text=$2 inputs=$3 started
  shift 3
  [ "$(cat "$kit/steps/$name" 2> /dev/null)" = "$inputs" ] && return

  rm -f "$kit/steps/$name"
  started=$(date +%s%N)
  printf 'kit: %s …' "$text"
  local result=0
  set +e # not "if ! (…)": within a condition, set -e has no effect in the subshell either
  (set -e; "$@") > "$kit/log/$name.log" 2>&1 9>&-
  result=$?
  set -e
  if [ "$result" != 0 ]; then
    echo " failed"
    explain "$name"
    [ "$name" = standins ] && publish
    exit 1
  fi
  echo "$inputs" > "$kit/steps/$name"
  awk -v ns=$(($(date +%s%N) - started)) 'BEGIN { printf " %.1f s\n", ns / 1e9 }'
}

explain() {
  local log=$kit/log/$1.log
  if [ "$(free_megabytes)" -lt 50 ] || grep -qiE 'no space left|disk was full|ENOSPC' "$log"; then
    echo "kit: the disk that holds $kit is full. Free some space and run the same command again." >&2
  elif grep -q '^kit: ' "$log"; then
    grep '^kit: ' "$log" | sed "s|see the log\\.|see $log.|" >&2
  else
    grep -E '(error|Error)' "$log" | sort -u | head -n 15 >&2 || true
    echo "kit: this step failed; its whole output is in $log." >&2
  fi
}

free_megabytes() { df -Pm -- "$kit" | awk 'NR == 2 { print $4 }'; }

need_space() {
  local free
  free=$(free_megabytes)
  [ "$free" -ge 1500 ] || fail "it needs 1500 MB of free disk below $kit; there are $free MB."
}

need_tools() {
  [ "$(uname -sm)" = "Linux x86_64" ] || fail "it works on Linux x64 only (this is $(uname -sm)): DCP and the dashboard are published on npm for no other system."
  local tool
  for tool in node npm dotnet tar; do
    command -v "$tool" > /dev/null || fail "the tool $tool is missing; install $(case $tool in node | npm) echo 'Node.js 20 or later, with npm' ;; dotnet) echo 'the .NET 10 SDK' ;; *) echo "$tool" ;; esac)."
  done
  local missing=()
  for tool in gcc g++ make; do command -v "$tool" > /dev/null || missing+=("$tool"); done
  if [ ${#missing[@]} -gt 0 ]; then
    if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
      fail "a C compiler is missing (${missing[*]}); install gcc, g++ and make, and, for TLS and gzip, the headers of OpenSSL and zlib."
    fi
    echo "kit: installing ${missing[*]} with apt-get"
    mkdir -p "$kit/log"
    { apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends gcc g++ make libc6-dev libssl-dev zlib1g-dev; } \
      > "$kit/log/apt.log" 2>&1 9>&- || fail "apt-get could not install ${missing[*]}; see $kit/log/apt.log."
  fi
}

sdk_folder() {
  local version
  version=$(cd "$repo" && dotnet --version 2> /dev/null) || fail "the .NET SDK that global.json asks for is not installed: $(cd "$repo" && dotnet --version 2>&1 | head -n 1)"
  dotnet --list-sdks | awk -v version="$version" '$1 == version { gsub(/[][]/, "", $2); print $2 "/" version }'
}

# A machine-wide configuration for restore (env.sh points at it). It keeps what the machine has of that kind.
write_config() {
  local target=$kit/nuget/NuGet/Config
  [ -d /etc/opt/NuGet/Config ] && cp -r /etc/opt/NuGet/Config/. "$target/"
  cat > "$target/kit.config" <<'XML'
<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <packageSources>
    <add key="shop-offline-kit" value="../../../feed" />
  </packageSources>
</configuration>
XML
}

# Moves new and changed packages into the feed; "--prune" removes what no step makes any more.
publish() { node "$here/tools/publish.mjs" "$kit/packed" "$kit/feed" "$kit/packages" "$@"; }
