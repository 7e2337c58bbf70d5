# Sourced by ./shop: checks of requirements, with one clear message before anything starts.

need() { # tool, how to get it
  command -v "$1" > /dev/null || die "$1 is missing; $2."
}

check_tools() {
  need dotnet "install the .NET 10 SDK"
  dotnet --version > /dev/null 2>&1 || die "the .NET 10 SDK is missing (found: $(dotnet --list-sdks 2> /dev/null | cut -d ' ' -f 1 | tr '\n' ' ')); install it."
}

# Output, packages, servers' data and a build's temporary files.
check_disk() { # megabytes
  local free
  mkdir -p artifacts 2> /dev/null || die "$shop/artifacts cannot be written."
  free=$(df -Pm artifacts | awk 'NR == 2 { print $4 }')
  [ "$free" -ge "$1" ] || die "the disk is nearly full: $free MB are free below $shop, and $1 MB are needed."
}

# The AppHost's process, if one runs on this folder.
apphost_pid() {
  local pid
  pid=$(cat "${info%.json}.pid" 2> /dev/null) || return 1
  kill -0 "$pid" 2> /dev/null || return 1
  # Process ids are reused: where /proc exists, the process must be an AppHost.
  [ ! -r "/proc/$pid/cmdline" ] || tr '\0' ' ' < "/proc/$pid/cmdline" | grep -q 'Shop\.AppHost' || return 1
  echo "$pid"
}

check_not_running() {
  local pid
  ! pid=$(apphost_pid) || die "the shop is running already in this folder (process $pid); end that one first."
}

# Prevents a second start in this folder until the AppHost has its own lock: two concurrent builds would break each other.
# The operating system releases the lock when this process ends or becomes the AppHost.
lock_start() {
  local file=${info%.json}.starting
  mkdir -p "$(dirname "$file")"
  exec 9>> "$file"
  try_lock 9 || die "the shop is being started in this folder already (process $(cat "$file.pid" 2> /dev/null || echo '?')); end that one first."
  echo $$ > "$file.pid"
}

# flock(1) is part of every Linux, Perl of macOS. Without either, the AppHost's own lock still allows only one shop.
try_lock() { # file descriptor
  if command -v flock > /dev/null; then
    flock --nonblock "$1"
  elif command -v perl > /dev/null; then
    perl -MFcntl=:flock -e 'open(my $file, "<&=", $ARGV[0]) or die; exit(flock($file, LOCK_EX | LOCK_NB) ? 0 : 1)' "$1"
  fi
}

check_ports() {
  check_port gateway Shop__Ports__Gateway "${Shop__Ports__Gateway:-5100}"
  check_port storefront Shop__Ports__Storefront "${Shop__Ports__Storefront:-5200}"
  check_port console Shop__Ports__Console "${Shop__Ports__Console:-5210}"
  check_port dashboard Shop__Ports__Dashboard "${Shop__Ports__Dashboard:-5300}"
  check_port payment-provider Shop__Ports__PaymentProvider "${Shop__Ports__PaymentProvider:-5400}"
  check_port kafka Shop__Ports__Kafka "${Shop__Ports__Kafka:-9092}"
  check_port postgres Shop__Ports__Postgres "${Shop__Ports__Postgres:-0}"
}

check_port() { # use, setting, port
  case $3 in
    0) return ;;
    *[!0-9]* | '') die "$2 is '$3', which is no port." ;;
  esac
  (exec 3<> "/dev/tcp/localhost/$3") 2> /dev/null || return 0
  die "port $3 ($1) is taken$(port_owner "$3"); end that, or set $2 to another port."
}

# " by process 4711 (java)", if /proc exists.
port_owner() {
  local socket handle pid
  [ -r /proc/net/tcp ] || return 0
  for socket in $(awk -v port="$(printf ':%04X$' "$1")" '$4 == "0A" && $2 ~ port { print $10 }' /proc/net/tcp /proc/net/tcp6 2> /dev/null); do
    handle=$(find /proc/[0-9]*/fd -lname "socket:\[$socket\]" -print -quit 2> /dev/null) || true
    [ -n "$handle" ] || continue
    pid=${handle#/proc/}
    pid=${pid%%/*}
    echo " by process $pid ($(cat "/proc/$pid/comm" 2> /dev/null))"
    return 0
  done
}
