// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdio>
// jpeglib.h wants the two above before it
#include <jpeglib.h>

#include <array>
#include <csetjmp>

#include "formats.h"

namespace sealferry::picture {
namespace {

/// libjpeg leaves by a jump when it gives up. Nothing with a destructor is made between setjmp and the jump: the pixels
/// are owned by the caller.
struct Course {
  jpeg_decompress_struct jpeg{};
  jpeg_error_mgr errors{};
  std::jmp_buf away{};
  int warnings = 0;
};

Course& courseOf(j_common_ptr common) { return *static_cast<Course*>(common->client_data); }

[[noreturn]] void giveUp(j_common_ptr common) { std::longjmp(courseOf(common).away, 1); }

/// Cut-off and corrupt data is only a warning to libjpeg, which greys the rest. Few are let pass; a file made to warn
/// at every block costs time for nothing.
void count(j_common_ptr common, int level) {
  if (level < 0 && ++courseOf(common).warnings > 100) giveUp(common);
}

void keepSilent(j_common_ptr) {}

/// Progressive files may hold thousands of scans, each of which goes over the whole picture.
void watch(j_common_ptr common) {
  if (courseOf(common).jpeg.input_scan_number > 100) giveUp(common);
}

bool readHead(Course& course, ByteView data) {
  auto& jpeg = course.jpeg;
  jpeg_mem_src(&jpeg, data.data(), data.size());
  if (jpeg_read_header(&jpeg, TRUE) != JPEG_HEADER_OK) return false;
  if (!isSide(jpeg.image_width) || !isSide(jpeg.image_height)) return false;
  // libjpeg turns everything but CMYK into RGB with opacity itself.
  const bool inks = jpeg.num_components == 4;
  jpeg.out_color_space = inks ? JCS_CMYK : JCS_EXT_RGBA;
  return true;
}

/// Adobe's programs, which make practically all CMYK files, write the inks inverted; so 255 is no ink.
void turnInks(Pixels& pixels) {
  for (std::size_t at = 0; at < pixels.rgba.size(); at += 4) {
    auto* pixel = pixels.rgba.data() + at;
    const unsigned black = pixel[3];
    for (int c = 0; c < 3; ++c) pixel[c] = static_cast<std::uint8_t>(pixel[c] * black / 255);
    pixel[3] = 0xff;
  }
}

void readRows(Course& course, Pixels& pixels) {
  auto& jpeg = course.jpeg;
  while (jpeg.output_scanline < jpeg.output_height) {
    JSAMPROW row = pixels.rgba.data() + std::size_t{jpeg.output_scanline} * pixels.width * 4;
    jpeg_read_scanlines(&jpeg, &row, 1);
  }
}

/// False when libjpeg gave up.
bool decodeInto(Course& course, jpeg_progress_mgr& progress, ByteView data, Pixels& pixels) {
  course.jpeg.err = jpeg_std_error(&course.errors);
  course.errors.error_exit = giveUp;
  course.errors.emit_message = count;
  course.errors.output_message = keepSilent;
  course.jpeg.client_data = &course;
  if (setjmp(course.away) != 0) return false;  // NOLINT(cert-err52-cpp): libjpeg has no other way
  jpeg_create_decompress(&course.jpeg);
  progress.progress_monitor = watch;
  course.jpeg.progress = &progress;
  if (!readHead(course, data)) return false;
  pixels = clear(course.jpeg.image_width, course.jpeg.image_height);
  jpeg_start_decompress(&course.jpeg);
  readRows(course, pixels);
  return true;
}

}  // namespace

std::optional<Pixels> decodeJpeg(ByteView data) {
  Course course;
  jpeg_progress_mgr progress{};
  Pixels pixels;
  const bool decoded = decodeInto(course, progress, data, pixels);
  const bool inks = decoded && course.jpeg.out_color_space == JCS_CMYK;
  jpeg_destroy_decompress(&course.jpeg);
  if (!decoded) return std::nullopt;
  if (inks) turnInks(pixels);
  return pixels;
}

}  // namespace sealferry::picture
