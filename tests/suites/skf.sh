# SPDX-License-Identifier: Apache-2.0
# The soft SKF key as an independent caller sees it; `openssl` verifies what it signed.
set -uo pipefail
status=0
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/key"
SEALFERRY_SOFTKEY=$folder/key timeout 120 build/dev/skf/skf-independent "$PWD/build/dev/lib/libsealferry-softkey.so" "$folder" || status=1
timeout 300 build/dev/contract/contract-skf-pin || status=1
cd "$folder" || exit 1
passed=0 failed=0
expect() {  # expect CODE WHAT COMMAND…
  local code=$1 what=$2
  shift 2
  if "$@" >output 2>&1; [ $? = "$code" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED $what"; cat output; fi
}
openssl pkey -pubin -inform DER -in sm2.pub -out sm2.pem
openssl rsa -RSAPublicKey_in -inform DER -in rsa.pub -out rsa.pem 2>/dev/null
expect 0 "SM2 with the user ID" openssl dgst -sm3 -verify sm2.pem -signature sm2.sig -sigopt distid:1234567812345678 message
expect 1 "SM2 without the user ID" openssl dgst -sm3 -verify sm2.pem -signature sm2.sig message
expect 1 "SM2 with another user ID" openssl dgst -sm3 -verify sm2.pem -signature sm2.sig -sigopt distid:8765432187654321 message
echo changed >>other
expect 1 "SM2 over another message" openssl dgst -sm3 -verify sm2.pem -signature sm2.sig -sigopt distid:1234567812345678 other
expect 0 "RSA" openssl dgst -sha256 -verify rsa.pem -signature rsa.sig message
expect 1 "nothing in the clear on the disk" grep -rqaE '123456|用独立程序' key
exported=$(nm -D --defined-only "$OLDPWD/build/dev/lib/libsealferry-softkey.so" | awk '$2 == "T" {print $3}' | grep -vc '^SKF_')
expect 0 "nothing but the standard's calls is exported" [ "$exported" = 0 ]
echo "$passed passed, $failed failed"
[ "$status" = 0 ] && [ "$failed" = 0 ]
