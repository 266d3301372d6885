# SPDX-License-Identifier: Apache-2.0
# Who the extension is to the browsers. Chromium derives the id from the public key in the manifest: the first 128 bits of
# its SHA-256, written with the letters a to p. Everything that names an id takes it from here.

set(SEALFERRY_EXTENSION_KEY ${PROJECT_SOURCE_DIR}/extension/demonstration-key.pem CACHE FILEPATH
  "RSA key (private or public, PEM) that gives the extension its id")
set(SEALFERRY_GECKO_ID sealferry@sealferry.example CACHE STRING "The extension's id in Firefox")
set(SEALFERRY_HOST_NAME org.sealferry.host)

find_program(OPENSSL_PROGRAM openssl REQUIRED)

function(sealferry_read_extension_key result)
  foreach(form "" "-pubin")
    execute_process(COMMAND ${OPENSSL_PROGRAM} pkey ${form} -in ${SEALFERRY_EXTENSION_KEY} -pubout -outform DER
      OUTPUT_FILE ${CMAKE_CURRENT_BINARY_DIR}/extension-key.der RESULT_VARIABLE status ERROR_QUIET)
    if(status EQUAL 0)
      set(${result} ${CMAKE_CURRENT_BINARY_DIR}/extension-key.der PARENT_SCOPE)
      return()
    endif()
  endforeach()
  message(FATAL_ERROR "${SEALFERRY_EXTENSION_KEY} is not a key that openssl can read.")
endfunction()

function(sealferry_identity)
  sealferry_read_extension_key(key)
  execute_process(COMMAND ${OPENSSL_PROGRAM} base64 -A -in ${key} OUTPUT_VARIABLE public_key COMMAND_ERROR_IS_FATAL ANY)
  file(SHA256 ${key} digest)
  string(SUBSTRING ${digest} 0 32 digest)
  # Nibble by nibble, from the top down, so that no letter is translated twice: a-f first, then 0-9.
  foreach(pair "f=p" "e=o" "d=n" "c=m" "b=l" "a=k" "9=j" "8=i" "7=h" "6=g" "5=f" "4=e" "3=d" "2=c" "1=b" "0=a")
    string(REPLACE "=" ";" pair ${pair})
    list(GET pair 0 from)
    list(GET pair 1 to)
    string(REPLACE ${from} ${to} digest ${digest})
  endforeach()
  set(SEALFERRY_EXTENSION_PUBLIC_KEY ${public_key} CACHE INTERNAL "Public key in the extension's manifest, base64 DER")
  set(SEALFERRY_EXTENSION_ID ${digest} CACHE INTERNAL "Extension id in Chromium")
endfunction()

sealferry_identity()
