// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cairo.h>
#include <pango/pangocairo.h>

#include <memory>
#include <string>
#include <vector>

namespace sealferry::pki {

struct CairoRelease {
  void operator()(cairo_t* context) const { cairo_destroy(context); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};
using Context = std::unique_ptr<cairo_t, CairoRelease>;
using Surface = std::unique_ptr<cairo_surface_t, CairoRelease>;

/// One character at a time, each filling a box: what arcs of text need. Units are the context's own.
class Lettering {
 public:
  /// `font` as Pango describes one; without it a bold Song face.
  explicit Lettering(cairo_t* context, const char* font = nullptr);
  /// Fills the character into a box of this size that is centred on the origin.
  void fill(const std::string& character, double width, double height) const;

 private:
  cairo_t* context_;
  std::unique_ptr<PangoLayout, CairoRelease> layout_;
};

/// A row of letters, one to each `width`, in the middle at this height below the origin. Each fills `share` of that.
void fillRow(cairo_t* context, const Lettering& lettering, const std::vector<std::string>& characters, double below,
             double width, double height, double share = 0.95);

/// The characters of a UTF-8 text, without spaces; empty if it is not UTF-8.
std::vector<std::string> charactersOf(const std::string& text);

/// A five-point star about the origin, one point up.
void fillStar(cairo_t* context, double radius);

}  // namespace sealferry::pki
