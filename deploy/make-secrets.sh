#!/usr/bin/env bash
# Makes the secrets of compose.yaml in deploy/secrets, each a file; leaves what is there. WECHAT_APP_ID and WECHAT_APP_SECRET name the Mini Program.
# Keep a copy of Keys__* in a safe place, apart from the backups: what they seal is lost with them.
set -euo pipefail
umask 077
cd "$(dirname "${BASH_SOURCE[0]}")"
mkdir -p secrets
# Others can read the files (the service is another user in its container), but not enter the folder.
chmod 700 secrets
cd secrets

put() {
  [ -e "$1" ] && return
  printf '%s' "$2" >"$1"
  chmod 644 "$1"
}
random() { openssl rand -base64 32; }
word() { openssl rand -hex 24; }
month="$(date +%Y-%m)"

put Auth__SigningKeys__0__Id "$month"
put Auth__SigningKeys__0__Key "$(random)"
put Keys__BlindIndex "$(random)"
put Keys__Ring__Active "$month"
put Keys__Ring__Keys__0__Id "$(cat Keys__Ring__Active)"
put Keys__Ring__Keys__0__Key "$(random)"
put Staff__Members__0__UserName admin
put Staff__Members__0__Role admin
put Staff__Members__0__Password "$(word)"
put WeChat__AppId "${WECHAT_APP_ID:?the id of the Mini Program}"
put WeChat__AppSecret "${WECHAT_APP_SECRET:?the secret of the Mini Program}"
put mongo_keyfile "$(openssl rand -base64 756)"
put mongo_root_password "$(word)"
put mongo_password "$(word)"
put redis_password "$(word)"
put minio_root_password "$(word)"
put Storage__Mongo__ConnectionString "mongodb://beian:$(cat mongo_password)@mongo1:27017,mongo2:27017,mongo3:27017/?replicaSet=rs0&authSource=beian"
put Cache__Redis "redis:6379,password=$(cat redis_password)"
put Storage__S3__AccessKey beian
put Storage__S3__SecretKey "$(word)"
