// SPDX-License-Identifier: Apache-2.0
// independent LIBRARY FOLDER: makes an application, a container and keys on a fresh key, signs, writes and reads a
// file, all through prototypes typed from GM/T 0016-2012. Leaves in FOLDER what `openssl` then checks: message, sm2.pub
// and sm2.sig, rsa.pub and rsa.sig (DER).
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef uint32_t ULONG;
typedef int32_t BOOL;
typedef unsigned char BYTE;
typedef char* LPSTR;
typedef void* HANDLE;

#pragma pack(push, 1)
typedef struct {
  BYTE major, minor;
} VERSION;
typedef struct {
  VERSION Version;
  char Manufacturer[64], Issuer[64], Label[32], SerialNumber[32];
  VERSION HWVersion, FirmwareVersion;
  ULONG AlgSymCap, AlgAsymCap, AlgHashCap, DevAuthAlgId, TotalSpace, FreeSpace, MaxECCBufferSize, MaxBufferSize;
  BYTE Reserved[64];
} DEVINFO;
typedef struct {
  ULONG BitLen;
  BYTE X[64], Y[64];
} ECCPUBLICKEYBLOB;
typedef struct {
  BYTE r[64], s[64];
} ECCSIGNATUREBLOB;
typedef struct {
  ULONG AlgID, BitLen;
  BYTE Modulus[256], PublicExponent[4];
} RSAPUBLICKEYBLOB;
typedef struct {
  char FileName[32];
  ULONG FileSize, ReadRights, WriteRights;
} FILEATTRIBUTE;
#pragma pack(pop)

static unsigned passed, failed;

static void check(int good, const char* what) {
  if (good)
    passed++;
  else
    failed++;
  if (!good) printf("FAILED %s\n", what);
}

static void* library;
static void* symbol(const char* name) {
  void* found = dlsym(library, name);
  check(found != NULL, name);
  if (found == NULL) exit(1);
  return found;
}

#define CALL(name, ...) ((ULONG(*)(__VA_ARGS__))symbol(#name))
#define OK(expression) check((expression) == 0, #expression)

static void save(const char* folder, const char* name, const BYTE* bytes, size_t size) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE* file = fopen(path, "wb");
  if (file == NULL || fwrite(bytes, 1, size, file) != size) exit(1);
  fclose(file);
}

// SubjectPublicKeyInfo of an SM2 point.
static void save_sm2_public(const char* folder, const ECCPUBLICKEYBLOB* key) {
  static const BYTE head[] = {0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06,
                              0x08, 0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x01, 0x82, 0x2D, 0x03, 0x42, 0x00, 0x04};
  BYTE info[sizeof head + 64];
  memcpy(info, head, sizeof head);
  memcpy(info + sizeof head, key->X + 32, 32);
  memcpy(info + sizeof head + 32, key->Y + 32, 32);
  save(folder, "sm2.pub", info, sizeof info);
}

static size_t der_integer(BYTE* out, const BYTE* number, size_t size) {
  while (size > 1 && *number == 0) number++, size--;
  const size_t pad = (*number & 0x80) != 0;
  size_t at = 0;
  out[at++] = 0x02;
  if (size + pad > 255) {
    out[at++] = 0x82;
    out[at++] = (BYTE)((size + pad) >> 8);
  } else if (size + pad > 127) {
    out[at++] = 0x81;
  }
  out[at++] = (BYTE)(size + pad);
  if (pad) out[at++] = 0;
  memcpy(out + at, number, size);
  return at + size;
}

static void save_sm2_signature(const char* folder, const ECCSIGNATUREBLOB* signature) {
  BYTE der[80];
  size_t size = 2;
  size += der_integer(der + size, signature->r + 32, 32);
  size += der_integer(der + size, signature->s + 32, 32);
  der[0] = 0x30;
  der[1] = (BYTE)(size - 2);
  save(folder, "sm2.sig", der, size);
}

// RSAPublicKey (PKCS#1), which `openssl rsa -RSAPublicKey_in` reads.
static void save_rsa_public(const char* folder, const RSAPUBLICKEYBLOB* key) {
  BYTE der[300];
  size_t size = 4;
  size += der_integer(der + size, key->Modulus, sizeof key->Modulus);
  size += der_integer(der + size, key->PublicExponent, sizeof key->PublicExponent);
  der[0] = 0x30;
  der[1] = 0x82;
  der[2] = (BYTE)((size - 4) >> 8);
  der[3] = (BYTE)(size - 4);
  save(folder, "rsa.pub", der, size);
}

static int is_zero(const BYTE* bytes, size_t size) {
  for (size_t i = 0; i < size; i++)
    if (bytes[i] != 0) return 0;
  return 1;
}

static const char message[] = "用独立程序调用的签名";

static void sign_sm2(const char* folder, HANDLE device, HANDLE application) {
  HANDLE container = NULL, hash = NULL;
  ECCPUBLICKEYBLOB key, again;
  ECCSIGNATUREBLOB signature;
  BYTE digest[32];
  ULONG size = sizeof digest, type = 0;
  OK(CALL(SKF_CreateContainer, HANDLE, LPSTR, HANDLE*)(application, "sm2", &container));
  OK(CALL(SKF_GenECCKeyPair, HANDLE, ULONG, ECCPUBLICKEYBLOB*)(container, 0x20200, &key));
  check(key.BitLen == 256 && is_zero(key.X, 32) && is_zero(key.Y, 32) && !is_zero(key.X + 32, 32), "the public key");
  OK(CALL(SKF_GetContainerType, HANDLE, ULONG*)(container, &type));
  check(type == 2, "an ECC container");
  OK(CALL(SKF_DigestInit, HANDLE, ULONG, ECCPUBLICKEYBLOB*, BYTE*, ULONG, HANDLE*)(
      device, 1, &key, (BYTE*)"1234567812345678", 16, &hash));
  OK(CALL(SKF_Digest, HANDLE, BYTE*, ULONG, BYTE*, ULONG*)(hash, (BYTE*)message, sizeof message - 1, digest, &size));
  check(size == 32, "a digest of 32 bytes");
  OK(CALL(SKF_CloseHandle, HANDLE)(hash));
  memset(&signature, 0xFF, sizeof signature);
  OK(CALL(SKF_ECCSignData, HANDLE, BYTE*, ULONG, ECCSIGNATUREBLOB*)(container, digest, 32, &signature));
  check(is_zero(signature.r, 32) && is_zero(signature.s, 32), "r and s are right-aligned");
  OK(CALL(SKF_ECCVerify, HANDLE, ECCPUBLICKEYBLOB*, BYTE*, ULONG, ECCSIGNATUREBLOB*)(device, &key, digest, 32,
                                                                                     &signature));
  digest[0] ^= 1;
  check(CALL(SKF_ECCVerify, HANDLE, ECCPUBLICKEYBLOB*, BYTE*, ULONG, ECCSIGNATUREBLOB*)(device, &key, digest, 32,
                                                                                        &signature) != 0,
        "another digest does not verify");
  size = 0;
  OK(CALL(SKF_ExportPublicKey, HANDLE, BOOL, BYTE*, ULONG*)(container, 1, NULL, &size));
  check(size == sizeof again, "132 bytes");
  OK(CALL(SKF_ExportPublicKey, HANDLE, BOOL, BYTE*, ULONG*)(container, 1, (BYTE*)&again, &size));
  check(memcmp(&key, &again, sizeof key) == 0, "the same key");
  check(CALL(SKF_ExportPublicKey, HANDLE, BOOL, BYTE*, ULONG*)(container, 0, NULL, &size) != 0, "no encryption key");
  save_sm2_public(folder, &key);
  save_sm2_signature(folder, &signature);
  OK(CALL(SKF_CloseContainer, HANDLE)(container));
}

static void sign_rsa(const char* folder, HANDLE application, HANDLE device) {
  static const BYTE head[] = {0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                              0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20};
  HANDLE container = NULL, hash = NULL;
  RSAPUBLICKEYBLOB key;
  BYTE info[sizeof head + 32], signature[256];
  ULONG size = 32;
  OK(CALL(SKF_CreateContainer, HANDLE, LPSTR, HANDLE*)(application, "rsa", &container));
  OK(CALL(SKF_GenRSAKeyPair, HANDLE, ULONG, RSAPUBLICKEYBLOB*)(container, 2048, &key));
  check(key.AlgID == 0x10000 && key.BitLen == 2048, "an RSA key of 2048 bits");
  memcpy(info, head, sizeof head);
  OK(CALL(SKF_DigestInit, HANDLE, ULONG, ECCPUBLICKEYBLOB*, BYTE*, ULONG, HANDLE*)(device, 4, NULL, NULL, 0, &hash));
  OK(CALL(SKF_Digest, HANDLE, BYTE*, ULONG, BYTE*, ULONG*)(hash, (BYTE*)message, sizeof message - 1, info + sizeof head,
                                                           &size));
  size = 0;
  OK(CALL(SKF_RSASignData, HANDLE, BYTE*, ULONG, BYTE*, ULONG*)(container, info, sizeof info, NULL, &size));
  check(size == sizeof signature, "256 bytes");
  OK(CALL(SKF_RSASignData, HANDLE, BYTE*, ULONG, BYTE*, ULONG*)(container, info, sizeof info, signature, &size));
  save_rsa_public(folder, &key);
  save(folder, "rsa.sig", signature, sizeof signature);
}

static void use_files(HANDLE application) {
  BYTE written[20000], read[20000];
  char names[256];
  FILEATTRIBUTE facts;
  ULONG size = sizeof names;
  for (size_t i = 0; i < sizeof written; i++) written[i] = (BYTE)(i * 7);
  OK(CALL(SKF_CreateFile, HANDLE, LPSTR, ULONG, ULONG, ULONG)(application, "seal", sizeof written, 0xFF, 0x10));
  OK(CALL(SKF_WriteFile, HANDLE, LPSTR, ULONG, BYTE*, ULONG)(application, "seal", 0, written, 12000));
  OK(CALL(SKF_WriteFile, HANDLE, LPSTR, ULONG, BYTE*, ULONG)(application, "seal", 12000, written + 12000, 8000));
  check(CALL(SKF_WriteFile, HANDLE, LPSTR, ULONG, BYTE*, ULONG)(application, "seal", 19999, written, 2) != 0,
        "not beyond the end");
  check(CALL(SKF_CreateFile, HANDLE, LPSTR, ULONG, ULONG, ULONG)(application, "seal", 1, 0xFF, 0x10) == 0x0A00002F,
        "no second one of that name");
  OK(CALL(SKF_ClearSecureState, HANDLE)(application));
  check(CALL(SKF_WriteFile, HANDLE, LPSTR, ULONG, BYTE*, ULONG)(application, "seal", 0, written, 1) == 0x0A00002D,
        "nothing is written without a login");
  OK(CALL(SKF_EnumFiles, HANDLE, LPSTR, ULONG*)(application, names, &size));
  check(size == 6 && memcmp(names, "seal\0\0", 6) == 0, "one name, zero, zero");
  OK(CALL(SKF_GetFileInfo, HANDLE, LPSTR, FILEATTRIBUTE*)(application, "seal", &facts));
  check(strcmp(facts.FileName, "seal") == 0 && facts.FileSize == sizeof written && facts.ReadRights == 0xFF,
        "its attributes");
  size = sizeof read;
  OK(CALL(SKF_ReadFile, HANDLE, LPSTR, ULONG, ULONG, BYTE*, ULONG*)(application, "seal", 0, sizeof read, read, &size));
  check(size == sizeof read && memcmp(read, written, sizeof read) == 0, "read without a login");
}

static void use_pin(HANDLE application) {
  ULONG left = 0, most = 0;
  BOOL factory = 0;
  OK(CALL(SKF_GetPINInfo, HANDLE, ULONG, ULONG*, ULONG*, BOOL*)(application, 1, &most, &left, &factory));
  check(most == 3 && left == 3 && factory == 1, "three tries, the factory's PIN");
  check(CALL(SKF_VerifyPIN, HANDLE, ULONG, LPSTR, ULONG*)(application, 1, "000000", &left) == 0x0A000024 && left == 2,
        "a wrong PIN");
  OK(CALL(SKF_ChangePIN, HANDLE, ULONG, LPSTR, LPSTR, ULONG*)(application, 1, "111111", "123456", &left));
  OK(CALL(SKF_VerifyPIN, HANDLE, ULONG, LPSTR, ULONG*)(application, 1, "123456", &left));
  OK(CALL(SKF_GetPINInfo, HANDLE, ULONG, ULONG*, ULONG*, BOOL*)(application, 1, &most, &left, &factory));
  check(left == 3 && factory == 0, "three again, and the user's own");
}

static void lock_and_unblock(HANDLE application) {
  ULONG left = 9;
  for (int i = 0; i < 2; i++) CALL(SKF_VerifyPIN, HANDLE, ULONG, LPSTR, ULONG*)(application, 1, "000000", &left);
  check(CALL(SKF_VerifyPIN, HANDLE, ULONG, LPSTR, ULONG*)(application, 1, "000000", &left) == 0x0A000025 && left == 0,
        "the third locks");
  check(CALL(SKF_VerifyPIN, HANDLE, ULONG, LPSTR, ULONG*)(application, 1, "123456", &left) == 0x0A000025,
        "the right PIN comes too late");
  OK(CALL(SKF_UnblockPIN, HANDLE, LPSTR, LPSTR, ULONG*)(application, "12345678", "654321", &left));
  OK(CALL(SKF_VerifyPIN, HANDLE, ULONG, LPSTR, ULONG*)(application, 1, "654321", &left));
}

int main(int count, char** arguments) {
  HANDLE device = NULL, application = NULL;
  DEVINFO info;
  char names[256];
  ULONG size = 0;
  if (count != 3) return 2;
  library = dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) {
    printf("FAILED %s\n", dlerror());
    return 1;
  }
  save(arguments[2], "message", (const BYTE*)message, sizeof message - 1);
  OK(CALL(SKF_EnumDev, BOOL, LPSTR, ULONG*)(1, NULL, &size));
  check(size > 2 && size < sizeof names, "a name");
  OK(CALL(SKF_EnumDev, BOOL, LPSTR, ULONG*)(1, names, &size));
  OK(CALL(SKF_ConnectDev, LPSTR, HANDLE*)(names, &device));
  OK(CALL(SKF_GetDevInfo, HANDLE, DEVINFO*)(device, &info));
  check(strcmp(info.SerialNumber, names) == 0, "the name is the serial number");
  check(info.TotalSpace > 0 && info.FreeSpace <= info.TotalSpace, "space");
  check(strstr(info.Manufacturer, "no hardware") != NULL, "it says that it is no hardware");
  OK(CALL(SKF_CreateApplication, HANDLE, LPSTR, LPSTR, ULONG, LPSTR, ULONG, ULONG, HANDLE*)(
      device, "Independent", "12345678", 6, "111111", 3, 0x10, &application));
  use_pin(application);
  sign_sm2(arguments[2], device, application);
  sign_rsa(arguments[2], application, device);
  use_files(application);
  lock_and_unblock(application);
  OK(CALL(SKF_CloseApplication, HANDLE)(application));
  OK(CALL(SKF_DisConnectDev, HANDLE)(device));
  check(CALL(SKF_GetDevInfo, HANDLE, DEVINFO*)(device, &info) == 0x0A000005, "a handle of before");
  printf("%u passed, %u failed\n", passed, failed);
  return failed == 0 ? 0 : 1;
}
