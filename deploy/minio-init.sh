#!/bin/sh
# Run in the container minio-init of compose.yaml.
set -eu
secret() { cat "/run/secrets/$1"; }

mc alias set here http://minio:9000 root "$(secret minio_root_password)" >/dev/null
mc mb --ignore-existing here/beian
mc version enable here/beian
mc admin policy create here beian /policy.json
mc admin user add here "$(secret Storage__S3__AccessKey)" "$(secret Storage__S3__SecretKey)" >/dev/null
# Answers with an error when it is attached already.
mc admin policy attach here beian --user "$(secret Storage__S3__AccessKey)" >/dev/null 2>&1 || true
