#!/bin/sh
# Makes an authority of the store's own, and a certificate for each machine:
#   sh certificates.sh HOSTS DIR      HOSTS, DIR: as for bin/toystore configure --tls
# DIR/authority.pem is whom customers trust. DIR/authority.key signs: keep it to yourself. Each DIR/ADDRESS gets
# certificate.pem, key.pem and authority.pem, which install.sh takes to the machine. A second call makes new
# certificates by the same authority.
set -eu
fail() {
  echo "certificates: $*" >&2
  exit 1
}
[ $# -eq 2 ] || fail "usage: sh certificates.sh HOSTS DIR"
[ -r "$1" ] || fail "cannot read $1"
command -v openssl >/dev/null || fail "openssl is needed and was not found"
hosts=$1
folder=$2
days=825
umask 077
mkdir -p "$folder"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
quietly() { "$@" 2>"$scratch/said" || { cat "$scratch/said" >&2; fail "$1 $2 failed"; }; }

if [ ! -s "$folder/authority.key" ]; then
  quietly openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj "/CN=Toystore" \
    -addext "keyUsage=critical,keyCertSign,cRLSign" -keyout "$folder/authority.key" -out "$folder/authority.pem"
fi
sed 's/#.*//' "$hosts" | while read -r address services; do
  [ -n "$address" ] || continue
  case $address in
    *:*) kind=IP ;;
    *[!0-9.]*) kind=DNS ;;
    *) kind=IP ;;
  esac
  mkdir -p "$folder/$address"
  quietly openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$address" \
    -keyout "$folder/$address/key.pem" -out "$scratch/request"
  printf 'subjectAltName=%s:%s\nextendedKeyUsage=serverAuth\n' "$kind" "$address" >"$scratch/extensions"
  quietly openssl x509 -req -in "$scratch/request" -CA "$folder/authority.pem" -CAkey "$folder/authority.key" \
    -CAcreateserial -CAserial "$scratch/serial" -days "$days" -extfile "$scratch/extensions" \
    -out "$folder/$address/certificate.pem"
  cp "$folder/authority.pem" "$folder/$address/"
  echo "$address: a certificate for $services"
done
