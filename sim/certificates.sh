#!/bin/sh
# certificates.sh FOLDER NAME...: a certificate authority for trials and a certificate for each node named, as PEM files in the folder:
# authority.pem, NAME.pem, NAME.key. Real nodes get theirs from the authority that their nations trust; the common name is the node's name.
set -eu
folder=$1
shift
mkdir -p "$folder"
quiet() { "$@" 2>"$folder/openssl.log" || { cat "$folder/openssl.log" >&2; exit 1; }; }
key() { quiet openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1"; }
umask 077
if [ ! -f "$folder/authority.pem" ]; then
    key "$folder/authority.key"
    quiet openssl req -x509 -new -key "$folder/authority.key" -subj "/CN=airseam trial authority" -days 30 -out "$folder/authority.pem"
fi
for name; do
    key "$folder/$name.key"
    quiet openssl req -new -key "$folder/$name.key" -subj "/CN=$name" -out "$folder/$name.csr"
    quiet openssl x509 -req -in "$folder/$name.csr" -CA "$folder/authority.pem" -CAkey "$folder/authority.key" -CAcreateserial -days 30 -out "$folder/$name.pem"
    rm -f "$folder/$name.csr"
done
rm -f "$folder/openssl.log"
