#!/bin/sh
# Installs services of the store on this machine, or brings a newer build. As root:
#   sh install.sh FOLDER SERVICE...      SERVICE: catalog, order-1, order-2, order-3, front-end; on PostgreSQL desk-1, desk-2
# FOLDER holds toystore.tar.gz (a release archive), token, and SERVICE.json for each service. It may hold toystore.env,
# and for TLS certificate.pem, key.pem and authority.pem. bin/toystore configure and certificates.sh make these. For a desk it
# may hold database-password, and database-authority.pem.
# It starts nothing: systemctl start toystore.target does.
set -eu
fail() {
  echo "install: $*" >&2
  exit 1
}
[ $# -ge 2 ] || fail "usage: sh install.sh FOLDER SERVICE..."
folder=$1
shift
root=${TOYSTORE_ROOT:-} # for tests: another place than /

for service in "$@"; do
  case $service in
    catalog | order-[123] | desk-[12] | front-end) ;;
    *) fail "no service '$service': there are catalog, order-1, order-2, order-3, desk-1, desk-2 and front-end" ;;
  esac
  [ -f "$folder/$service.json" ] || fail "no $folder/$service.json"
done
[ -f "$folder/toystore.tar.gz" ] || fail "no $folder/toystore.tar.gz"
[ -s "$folder/token" ] || fail "no $folder/token"

if [ -z "$root" ] && ! id toystore >/dev/null 2>&1; then
  useradd --system --home-dir /var/lib/toystore --shell /usr/sbin/nologin toystore
fi

# Beside the old build, then in its place: a service that runs keeps the files that it has open.
rm -rf "$root/opt/toystore.new"
mkdir -p "$root/opt/toystore.new" "$root/etc/toystore" "$root/var/lib/toystore" "$root/etc/systemd/system"
tar -xzf "$folder/toystore.tar.gz" -C "$root/opt/toystore.new" --strip-components=1 --no-same-owner
rm -rf "$root/opt/toystore.old"
if [ -d "$root/opt/toystore" ]; then mv "$root/opt/toystore" "$root/opt/toystore.old"; fi
mv "$root/opt/toystore.new" "$root/opt/toystore"

# Commands find the store here.
ln -s /var/lib/toystore "$root/opt/toystore/data"
printf '{"conf":"/etc/toystore"}\n' >"$root/var/lib/toystore/installation.json"

engine_verticle=
for service in "$@"; do
  cp "$folder/$service.json" "$root/etc/toystore/$service.json"
done
for certificate in certificate.pem authority.pem database-authority.pem; do
  if [ -f "$folder/$certificate" ]; then cp "$folder/$certificate" "$root/etc/toystore/$certificate"; fi
done
# toystore.env names the engine. Without it the front-end's file does; where that is elsewhere, ENGINE in the environment.
if grep -qs '"engine" *: *"raft"' "$folder/front-end.json" || [ "${ENGINE:-}" = raft ]; then
  engine_verticle=toystore.raft.RaftOrderVerticle
fi
if [ -f "$folder/toystore.env" ]; then
  cp "$folder/toystore.env" "$root/etc/toystore/toystore.env"
else
  printf '%s\n' "${engine_verticle:+ORDER_VERTICLE=$engine_verticle}" >"$root/etc/toystore/toystore.env"
fi
(umask 077 && cp "$folder/token" "$root/etc/toystore/token")
for secret in key.pem database-password; do
  if [ -f "$folder/$secret" ]; then (umask 077 && cp "$folder/$secret" "$root/etc/toystore/$secret"); fi
done
cp "$root/opt/toystore/conf/systemd/"toystore* "$root/etc/systemd/system/"

if [ -z "$root" ]; then
  chown -R root:toystore /etc/toystore
  chmod 750 /etc/toystore
  chmod 640 /etc/toystore/*
  # A token that others may read is refused. A key is as secret.
  for secret in token key.pem database-password; do
    if [ -f "/etc/toystore/$secret" ]; then
      chown toystore:toystore "/etc/toystore/$secret"
      chmod 600 "/etc/toystore/$secret"
    fi
  done
  chown toystore:toystore /var/lib/toystore
  systemctl daemon-reload
  for service in "$@"; do
    case $service in
      order-*) systemctl enable "toystore-order@${service#order-}.service" ;;
      desk-*) systemctl enable "toystore-desk@${service#desk-}.service" ;;
      *) systemctl enable "toystore-$service.service" ;;
    esac
  done
  systemctl enable toystore.target
fi
rm -f "$folder/token" "$folder/key.pem" "$folder/database-password"
