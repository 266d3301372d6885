// SPDX-License-Identifier: Apache-2.0
// Draws test-page.pdf, which is kept beside this file so that building the host needs neither Pango nor a font:
//   g++ -std=c++20 make_test_page.cpp $(pkg-config --cflags --libs pangocairo) -o make_test_page && ./make_test_page
//   test-page.pdf
// Font: Noto Sans CJK SC (SIL Open Font License 1.1), embedded as a subset.
#include <cairo-pdf.h>
#include <pango/pangocairo.h>

namespace {

constexpr double mm = 72 / 25.4;
constexpr double pageWidth = 210 * mm, pageHeight = 297 * mm;

void text(cairo_t* paper, const char* words, double topMm, double size, bool bold, double grey, bool centred = true) {
  PangoLayout* layout = pango_cairo_create_layout(paper);
  PangoFontDescription* font = pango_font_description_from_string(bold ? "Noto Sans CJK SC Bold" : "Noto Sans CJK SC");
  pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
  pango_layout_set_font_description(layout, font);
  pango_layout_set_width(layout, static_cast<int>((pageWidth - 60 * mm) * PANGO_SCALE));
  pango_layout_set_alignment(layout, centred ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT);
  pango_layout_set_line_spacing(layout, 1.5F);
  pango_layout_set_text(layout, words, -1);
  cairo_set_source_rgb(paper, grey, grey, grey);
  cairo_move_to(paper, 30 * mm, topMm * mm);
  pango_cairo_show_layout(paper, layout);
  pango_font_description_free(font);
  g_object_unref(layout);
}

void box(cairo_t* paper) {
  const double dash[] = {3, 3};
  cairo_set_source_rgb(paper, 0.6, 0.6, 0.6);
  cairo_set_line_width(paper, 0.7);
  cairo_set_dash(paper, dash, 2, 0);
  cairo_rectangle(paper, 65 * mm, 143 * mm, 80 * mm, 70 * mm);
  cairo_stroke(paper);
  cairo_set_dash(paper, nullptr, 0, 0);
}

}  // namespace

int main(int count, char** values) {
  if (count != 2) return 2;
  cairo_surface_t* surface = cairo_pdf_surface_create(values[1], pageWidth, pageHeight);
  cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, "测试盖章页");
  cairo_t* paper = cairo_create(surface);
  text(paper, "测试盖章页", 38, 30, true, 0.1);
  text(paper, "Test stamp", 54, 13, false, 0.45);
  text(paper,
       "本页用于检验锁内的电子签章能否正常使用。\n"
       "签章由锁中的签名证书签署，盖章后文件的任何改动都会被发现。\n"
       "本页不代表任何单位的意思，不具有合同、承诺等效力。",
       76, 13, false, 0.2, false);
  text(paper, "（盖章处）", 130, 13, false, 0.45);
  box(paper);
  text(paper, "框内印章清晰、端正，且网页提示“验证通过”，即可正常使用。", 226, 12, false, 0.35);
  text(paper, "印渡 SealFerry", 270, 10, false, 0.6);
  cairo_destroy(paper);
  cairo_surface_finish(surface);
  const bool good = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
  cairo_surface_destroy(surface);
  return good ? 0 : 1;
}
