// SPDX-License-Identifier: Apache-2.0
// The limit that the host is measured against: a C program that reads frames and answers each with itself, and does nothing else.
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

static int all(ssize_t (*move)(int, void *, size_t), int descriptor, char *bytes, size_t size) {
  size_t done = 0;
  while (done < size) {
    const ssize_t count = move(descriptor, bytes + done, size - done);
    if (count <= 0) return 0;
    done += (size_t)count;
  }
  return 1;
}

static ssize_t writeBytes(int descriptor, void *bytes, size_t size) { return write(descriptor, bytes, size); }

int main(void) {
  uint32_t size = 0;
  while (all(read, 0, (char *)&size, sizeof size) && size <= 1024 * 1024) {
    char *frame = malloc(sizeof size + size);
    if (frame == NULL) return 1;
    *(uint32_t *)(void *)frame = size;
    if (!all(read, 0, frame + sizeof size, size)) return 1;
    if (!all(writeBytes, 1, frame, sizeof size + size)) return 1;
    free(frame);
  }
  return 0;
}
