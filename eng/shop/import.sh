# Sourced by ./shop: imports products from a CSV file through the public API, and prints the report while it arrives.

import() { # file
  [ $# = 1 ] || die "import takes one file: ./shop import products.csv"
  local file gateway token
  file=$(cd "$here" && readlink -f -- "$1") && [ -f "$file" ] && [ -r "$file" ] || die "'$1' is not a readable file."
  need curl "install it (Debian: apt install curl)"
  apphost_pid > /dev/null || die "the shop is not running; ./shop run starts it."
  [ -f "$info" ] || die "the shop is not healthy at the moment; try again in a few seconds."

  gateway=$(info_value gateway)
  token=$(operator_token "$gateway") || exit 1
  # The token is passed by a file descriptor, because command lines are readable by all users.
  curl -sS -N -T "$file" -X POST "$gateway/api/v1/ops/products/import" -H 'Content-Type: text/csv' -H @<(echo "Authorization: Bearer $token") \
    | print_report || exit 1
}

# A value of the info document by its name; the first of several.
info_value() { # name
  sed -n 's/.*"'"$1"'": *"\([^"]*\)".*/\1/p' "$info" | head -n 1
}

operator_token() { # gateway
  local answer
  answer=$(printf '{ "email": "%s", "password": "%s" }' "$(info_value email)" "$(info_value password)" \
    | curl -sS -H 'Content-Type: application/json' --data-binary @- "$1/api/v1/sessions") || return 1
  [[ $answer =~ \"accessToken\":\"([^\"]+)\" ]] || die "the operator cannot sign in: $answer"
  echo "${BASH_REMATCH[1]}"
}

# Prints the report, one JSON object per line. Fails unless the import succeeded.
print_report() {
  local line end=
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
      '{"event":"bad"'*) say "line $(json_value line "$line"), $(json_value field "$line") $(json_value message "$line")" ;;
      '{"event":"progress"'*) say "$(import_figures "$line")" ;;
      '{"event":"done"'*) say "done: $(import_figures "$line")"; end=done ;;
      '{"event":"failed"'*) say "failed: $(json_value message "$line") $(import_figures "$line")" >&2; end=failed ;;
      *) say "$line" >&2; end=failed ;;
    esac
  done
  [ -n "$end" ] || say "the connection broke; run the import again, unchanged products are skipped." >&2
  [ "$end" = done ]
}

import_figures() { # line
  echo "$(json_value lines "$1") lines, $(json_value added "$1") added, $(json_value changed "$1") changed, $(json_value unchanged "$1") unchanged, $(json_value bad "$1") bad"
}

json_value() { # name, flat object
  [[ $2 =~ \"$1\":(\"(([^\"\\]|\\.)*)\"|[0-9]+) ]] || return 0
  local value=${BASH_REMATCH[2]:-${BASH_REMATCH[1]}}
  echo "${value//\\\"/\"}"
}
